"""HTML: templates that escape everything, style moved inline for mail clients, pages that stand alone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from importlib.resources import files

import css_inline
from jinja2 import Environment, FunctionLoader, StrictUndefined

from veille.model.message import Message
from veille.rendering.brand import LEVEL_COLOURS
from veille.rendering.story import by_whom
from veille.rendering.voice import Voice, small


@dataclass(frozen=True, slots=True)
class Pages:
    """The templates, compiled once."""

    environment: Environment
    inliner: css_inline.CSSInliner
    #: Whether anybody looks: else pages and pictures are left empty, which is most of the work.
    drawn: bool = True

    def html(self, template: str, voice: Voice, **view: object) -> str:
        """Fill one template; everything in `view` is text and is escaped."""
        if not self.drawn:
            return ""
        filled = self.environment.get_template(template).render(
            say=voice.say, count=voice.count, quote=voice.quote, language=voice.language, **view
        )
        return self.inliner.inline(filled)


def read_pages(*, drawn: bool = True) -> Pages:
    """Read and compile the templates that ship."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(by_whom=by_whom, small=small, level_colours=LEVEL_COLOURS)
    # Nothing is ever loaded from the network; media rules stay, for phones.
    return Pages(environment, css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False), drawn)


def digest_page(message: Message) -> str:
    """Return the message's HTML with its pictures inside, as one file that any browser shows."""
    page = message.html
    for picture in message.pictures:
        page = page.replace(f"cid:{picture.cid}", f"data:image/png;base64,{b64encode(picture.png).decode()}")
    return page


def _template(name: str) -> str:
    return files("veille.rendering").joinpath("templates", name).read_text(encoding="utf-8")
