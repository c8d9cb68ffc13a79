"""Where secrets come from: `${NAME}` in the environment, `file:PATH`, `cred:NAME` (systemd credentials).

What is refused never quotes the value, only the name of where it should have been.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from veille.model.secret import Secret
from veille.settings.clear import clear_beside, clear_secret

#: Larger than any token or password, smaller than a mistake such as a log file.
LARGEST_SECRET = 64_000

_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_CREDENTIAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@-]*")

NEVER_CLEAR = "never in clear: write ${NAME}, file:PATH or cred:NAME"


@dataclass(slots=True, repr=False)
class Vault:
    """Resolves references at load; `warnings` grows with what others on the machine could read."""

    environment: Mapping[str, str]
    #: The folder of systemd's credentials, None when not started with any.
    credentials: Path | None
    #: What `file:` is relative to.
    base: Path
    warnings: list[str] = field(default_factory=list)

    def address(self, text: str) -> Secret:
        """A secret that may stand in clear as long as nothing in it looks like one. Raises ValueError."""
        what = clear_secret(text) if not is_reference(text) else clear_beside(_NAME.sub("", text))
        if what:
            raise ValueError(f"{what} {NEVER_CLEAR}")
        return self.resolve(text)

    def password(self, text: str) -> Secret:
        """A secret that never stands in clear. Raises ValueError."""
        if not is_reference(text):
            raise ValueError(f"a password is {NEVER_CLEAR}")
        return self.resolve(text)

    def resolve(self, text: str) -> Secret:
        """What the references of a text stand for. Raises ValueError naming what is missing."""
        if text.startswith("file:"):
            return Secret(_checked(self._file(text.removeprefix("file:")), text))
        if text.startswith("cred:"):
            return Secret(_checked(self._credential(text.removeprefix("cred:")), text))
        if re.sub(_NAME, "", text).count("${"):
            raise ValueError("`${` without a name and a closing brace: write ${NAME}")
        return Secret(_NAME.sub(lambda found: self._variable(found[1]), text))

    def _variable(self, name: str) -> str:
        value = self.environment.get(name)
        if value is None:
            raise ValueError(f"the environment has no variable {name}: set it, or use file:PATH or cred:NAME")
        return _checked(value, f"${{{name}}}")

    def _file(self, name: str) -> str:
        path = self.base / name
        try:
            found = path.stat()
        except (OSError, ValueError):
            raise ValueError(f"no file {path}: create it with mode 0600") from None
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST_SECRET:
            raise ValueError(f"{path} is no small file that could hold a secret")
        if found.st_mode & 0o077:
            self.warnings.append(f"{path}: others can read this secret; run chmod 600 {path}")
        return _content(path)

    def _credential(self, name: str) -> str:
        if not _CREDENTIAL.fullmatch(name):
            raise ValueError("the name of a credential holds letters, digits, _ . @ and - only")
        if self.credentials is None:
            raise ValueError(f"cred:{name} needs systemd: add LoadCredential={name}:PATH to the unit, or use file:PATH")
        if not (self.credentials / name).is_file():
            raise ValueError(f"systemd gave no credential {name}: add LoadCredential={name}:PATH to the unit")
        return _content(self.credentials / name)


def is_reference(text: str) -> bool:
    """Whether the text names where a secret is instead of holding it."""
    return text.startswith(("file:", "cred:")) or bool(_NAME.search(text))


def _content(path: Path) -> str:
    try:
        return path.read_bytes()[: LARGEST_SECRET + 1].decode("utf-8").rstrip("\r\n")
    except OSError as error:
        raise ValueError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8") from None


def _checked(value: str, reference: str) -> str:
    if not value.strip():
        raise ValueError(f"{reference} is empty")
    if not value.isprintable():
        raise ValueError(f"{reference} holds a control character or more than one line")
    return value
