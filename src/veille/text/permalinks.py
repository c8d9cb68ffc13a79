"""The posts of large networks under their one address: the number says all, the words around it nothing.

Each row: hosts, what the path and query look like, the one form, and parameters that still count (a comment's number).
Origin: written for veille from the addresses that the networks themselves give to one post.
"""

from __future__ import annotations

import re
from collections import defaultdict

from veille.text import twins

_YOUTUBE = ("youtube.com",)
_FACEBOOK = ("facebook.com",)
_REDDIT = ("reddit.com",)

_ROWS: tuple[tuple[tuple[str, ...], str, str, tuple[str, ...]], ...] = (
    (("youtu.be",), r"/(?P<v>[\w-]+)", "https://youtube.com/watch?v={v}", ("lc",)),
    (_YOUTUBE, r"/(?:shorts|embed|live|v|e)/(?P<v>[\w-]+)", "https://youtube.com/watch?v={v}", ("lc",)),
    (_YOUTUBE, r"/watch(?:_popup)?/?\?(?:.*&)?v=(?P<v>[\w-]+)", "https://youtube.com/watch?v={v}", ("lc",)),
    (
        _YOUTUBE,
        r"/attribution_link\?(?:.*&)?u=(?:/|%2F)watch(?:\?|%3F)v(?:=|%3D)(?P<v>[\w-]+)(?:%26[^&]*)?",
        "https://youtube.com/watch?v={v}",
        (),
    ),
    (_YOUTUBE, r"/watch/(?P<v>[\w-]+)", "https://youtube.com/watch?v={v}", ("lc",)),
    (("x.com",), r"/(?:[^/?]+|i/web)/status(?:es)?/(?P<n>\d+)", "https://x.com/i/status/{n}", ()),
    (
        _FACEBOOK,
        r"/groups/(?P<g>[^/?]+)/(?:posts|permalink)/(?P<n>\w+)",
        "https://facebook.com/groups/{g}/posts/{n}",
        ("comment_id",),
    ),
    (
        _FACEBOOK,
        r"/(?:story|permalink)\.php\?(?:.*&)?story_fbid=(?P<n>\w+)",
        "https://facebook.com/posts/{n}",
        ("comment_id",),
    ),
    (
        _FACEBOOK,
        r"/(?:[^/?]+/)?posts/(?:[^/?]+/)?(?P<n>pfbid\w+|\d+)",
        "https://facebook.com/posts/{n}",
        ("comment_id",),
    ),
    (_FACEBOOK, r"/photo(?:\.php)?/?\?(?:.*&)?fbid=(?P<n>\d+)", "https://facebook.com/photo?fbid={n}", ("comment_id",)),
    (_FACEBOOK, r"/[^/?]+/photos/(?:[^/?]+/)?(?P<n>\d+)", "https://facebook.com/photo?fbid={n}", ("comment_id",)),
    (_FACEBOOK, r"/(?:watch/?|video\.php)\?(?:.*&)?v=(?P<n>\d+)", "https://facebook.com/watch?v={n}", ("comment_id",)),
    (_FACEBOOK, r"/[^/?]+/videos/(?:[^/?]+/)?(?P<n>\d+)", "https://facebook.com/watch?v={n}", ("comment_id",)),
    (_FACEBOOK, r"/reel/(?P<n>\d+)", "https://facebook.com/watch?v={n}", ("comment_id",)),
    (
        ("instagram.com",),
        r"/(?:[^/?]+/)?(?:p|reel|reels|tv)/(?P<n>[\w-]+)/c/(?P<c>\d+)",
        "https://instagram.com/p/{n}/c/{c}",
        (),
    ),
    (("instagram.com",), r"/(?:[^/?]+/)?(?:p|reel|reels|tv)/(?P<n>[\w-]+)", "https://instagram.com/p/{n}", ()),
    (("redd.it",), r"/(?P<n>\w+)", "https://reddit.com/comments/{n}", ()),
    (
        _REDDIT,
        r"/(?:(?:r|u|user)/[^/?]+/)?comments/(?P<n>\w+)(?:/[^/?]*(?:/(?P<c>\w+))?)?",
        "https://reddit.com/comments/{n}{c}",
        (),
    ),
    (_REDDIT, r"/(?:gallery|tb)/(?P<n>\w+)", "https://reddit.com/comments/{n}", ()),
    (("tiktok.com",), r"/(?:@[^/?]+/video|v|embed|embed/v2)/(?P<n>\d+)(?:\.html)?", "https://tiktok.com/v/{n}", ()),
    (
        ("linkedin.com",),
        r"/(?:posts|feed/update)/.*?(?:activity|ugcPost|share)(?::|%3A|-)(?P<n>\d{10,})(?:-[\w-]+)?",
        "https://linkedin.com/feed/update/urn:li:activity:{n}",
        ("commentUrn", "replyUrn"),
    ),
    (("threads.com",), r"/(?:@[^/?]+/post|t)/(?P<n>[\w-]+)", "https://threads.com/t/{n}", ()),
    (("t.me",), r"/s/(?P<u>\w+)/(?P<n>\d+)", "https://t.me/{u}/{n}", ("comment", "thread")),
    (("player.vimeo.com",), r"/video/(?P<n>\d+)", "https://vimeo.com/{n}", ()),
    (("dai.ly",), r"/(?P<n>\w+)", "https://dailymotion.com/video/{n}", ()),
    (("dailymotion.com",), r"/(?:embed/)?video/(?P<n>[a-z0-9]+)", "https://dailymotion.com/video/{n}", ()),
    (
        ("news.google.com",),
        r"/(?:__i/)?(?:rss/)?(?:articles|read)/(?P<n>[\w-]{10,})",
        "https://news.google.com/articles/{n}",
        (),
    ),
    (("cnn.com",), r"/cnn/(?P<n>\d{4}/[^?]+)", "https://cnn.com/{n}", ()),
    (("nbcnews.com", "today.com", "msnbc.com"), r"/(?:[^?]*[/-])?(?P<n>rcna\d+)", "https://{site}/{n}", ()),
    (
        ("stackoverflow.com", "askubuntu.com", "superuser.com"),
        r"/(?:questions|q)/(?P<n>\d+)(?:/[a-z0-9-]*[a-z-][a-z0-9-]*)?",
        "https://{site}/questions/{n}",
        (),
    ),
    (
        ("amazon.fr", "amazon.com", "amazon.de", "amazon.co.uk", "amazon.es", "amazon.it"),
        r"/(?:[^?]*/)?(?:dp|gp/product|gp/aw/d)/(?P<n>[A-Z0-9]{10})",
        "https://{site}/dp/{n}",
        (),
    ),
)
#: On any site: Mastodon and its kin, and Discourse, whose forms name the software.
_ANYWHERE: tuple[tuple[str, str], ...] = (
    (r"/(?:web/|deck/)?@(?P<u>[^/?]+)/(?P<n>\d{15,})", "https://{site}/@{u}/{n}"),
    (r"/users/(?P<u>[^/?]+)/statuses/(?P<n>\d{15,})", "https://{site}/@{u}/{n}"),
    (r"/t/[^/?]*[^/?\d][^/?]*/(?P<n>\d+)(?P<c>/\d+)?", "https://{site}/t/{n}{c}"),
)
#: What sets answers apart that a network shows under the address of the post alone (sources/mail/known.py).
_ANSWER = re.compile(r"r\d{6,}")
#: How Discourse's feeds name a post of a topic.
_POST_OF_TOPIC = re.compile(r"post_(\d{1,9})")
_END = r"/?(?:[?/].*)?"
_LOOSE = tuple((re.compile(f"{pattern}/?(?:\\?.*)?"), form) for pattern, form in _ANYWHERE)


def _table() -> dict[str, list[tuple[re.Pattern[str], str, tuple[str, ...]]]]:
    table: defaultdict[str, list[tuple[re.Pattern[str], str, tuple[str, ...]]]] = defaultdict(list)
    for hosts, pattern, form, kept in _ROWS:
        ending = r"(?:&.*)?" if r"\?" in pattern else _END
        for host in hosts:
            table[host].append((re.compile(pattern + ending), form, kept))
    return dict(table)


_BY_SITE = _table()
#: Sites whose posts have one form here.
SITES = frozenset(_BY_SITE)


def one_form(site: str, path: str, query: str, fragment: str = "") -> str:
    """The one address of a post of a known network, "" for all others."""
    rows = _BY_SITE.get(site)
    if rows and fragment.startswith("!/"):  # twitter.com/#!/ana/status/1
        path, query = fragment[1:], ""
    asked = f"{path}?{query}" if query else path
    for pattern, form, kept in rows or ():
        if found := pattern.fullmatch(asked):
            post = _filled(form, site, found.groupdict(), [p for p in query.split("&") if p.partition("=")[0] in kept])
            return f"{post}#{fragment}" if post and _ANSWER.fullmatch(fragment) else post
    if number := _POST_OF_TOPIC.fullmatch(fragment):
        asked = f"{path.rstrip('/')}/{number[1]}"
    for pattern, form in _LOOSE:
        if found := pattern.fullmatch(asked):
            return _filled(form, site, found.groupdict(), [])
    return ""


def _filled(form: str, site: str, named: dict[str, str | None], more: list[str]) -> str:
    values = {name: value or "" for name, value in named.items()}
    if values.get("c"):
        values["c"] = "/_/" + values["c"] if "/comments/" in form else values["c"]
    filled = form.format(site=site, **values)
    if filled.rpartition("/")[2].lower() in twins.LAST_VIEWS:  # "comments/amp": no number of a post
        return ""
    return filled + ("&" if "?" in filled else "?") + "&".join(sorted(more)) if more else filled
