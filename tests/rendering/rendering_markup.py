"""Reads a message's HTML as a browser would begin to, and says what is wrong with it."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset({"meta", "br", "img", "hr", "link", "input"})
_HEAD = frozenset({"html", "head", "meta", "title", "style", "body"})
_TABLES = frozenset({"table", "tbody", "tr", "td", "th"})
_ALLOWED = _HEAD | _TABLES | {"p", "ul", "li", "a", "span", "strong", "div", "br", "img"}


class Markup(HTMLParser):
    """Collects what a message's HTML holds."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what should not be there."""
        if tag not in _ALLOWED:
            self.wrong.append(f"<{tag}>")
        self.wrong += [f"{name}= on <{tag}>" for name, _ in attrs if name.startswith("on")]
        self._link(tag, dict(attrs))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open, and no other."""
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data

    def _link(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "a":
            self.links.append(attributes.get("href") or "")
            if attributes.get("rel") != "noopener noreferrer":
                self.wrong.append("<a> without rel")
        if tag == "img" and not (attributes.get("src") or "").startswith("cid:"):
            self.wrong.append("<img> that is not inside the message")
        if tag == "img" and not attributes.get("alt"):
            self.wrong.append("<img> without alt")
