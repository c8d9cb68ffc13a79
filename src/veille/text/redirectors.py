"""Addresses that lead elsewhere, as data: exits of networks, click trackers, mail shields, AMP caches.

Origin: written for veille from the addresses that these services put in place of a page's own.
"""

from __future__ import annotations

#: (host, path prefix, parameters that hold the address): a visit leads elsewhere. `google` = any google.TLD; the empty
#: parameter is the whole query.
REDIRECTORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("google", "/url", ("url", "q")),
    ("google", "/imgres", ("imgrefurl",)),
    ("google", "/aclk", ("adurl",)),
    ("google", "/gwt", ("u",)),
    ("google", "/interstitial", ("url",)),
    ("googleweblight.com", "", ("lite_url", "u")),
    ("googleadservices.com", "/pagead", ("adurl",)),
    ("doubleclick.net", "", ("adurl", "url", "")),
    ("news.google.com", "/news/url", ("url",)),
    ("feedproxy.google.com", "", ("url",)),
    ("translate.google.com", "/translate", ("u",)),
    ("facebook.com", "/l.php", ("u",)),
    ("facebook.com", "/flx/warn", ("u",)),
    ("facebook.com", "/sharer", ("u",)),
    ("facebook.com", "/share.php", ("u",)),
    ("facebook.com", "/dialog", ("href", "link", "u")),
    ("l.facebook.com", "", ("u",)),
    ("lm.facebook.com", "", ("u",)),
    ("l.instagram.com", "", ("u",)),
    ("l.messenger.com", "", ("u",)),
    ("l.workplace.com", "", ("u",)),
    ("l.wl.co", "", ("u",)),
    ("l.threads.com", "", ("u",)),
    ("l.threads.net", "", ("u",)),
    ("x.com", "/intent", ("url",)),
    ("x.com", "/share", ("url",)),
    ("x.com", "/safety", ("unsafe_link",)),
    ("t.co", "", ("url", "amp_url")),
    ("bing.com", "/news/apiclick.aspx", ("url",)),
    ("bing.com", "/ck/a", ("u",)),
    ("msn.com", "/redirect", ("url",)),
    ("duckduckgo.com", "/l", ("uddg",)),
    ("yandex.ru", "/clck", ("url",)),
    ("out.reddit.com", "", ("url",)),
    ("reddit.com", "/submit", ("url",)),
    ("youtube.com", "/redirect", ("q",)),
    ("youtube.com", "/attribution_link", ("u",)),
    ("linkedin.com", "/redir", ("url",)),
    ("linkedin.com", "/safety/go", ("url",)),
    ("linkedin.com", "/sharearticle", ("url",)),
    ("linkedin.com", "/shareArticle", ("url",)),
    ("linkedin.com", "/sharing", ("url",)),
    ("linkedin.com", "/authwall", ("sessionRedirect",)),
    ("t.umblr.com", "", ("z",)),
    ("vk.com", "/away.php", ("to",)),
    ("away.vk.com", "", ("to",)),
    ("slack-redir.net", "", ("url",)),
    ("t.me", "/iv", ("url",)),
    ("t.me", "/share", ("url",)),
    ("exit.sc", "", ("url",)),
    ("gate.sc", "", ("url",)),
    ("weibo.cn", "/sinaurl", ("u", "url", "toasturl")),
    ("ok.ru", "/dk", ("st.link",)),
    ("yandex.ru", "/turbo", ("text",)),
    ("pinterest.com", "/pin/create", ("url",)),
    ("pinterest.com", "/offsite", ("url",)),
    ("safelinks.protection.outlook.com", "", ("url",)),
    ("statics.teams.cdn.office.net", "", ("url",)),
    ("urldefense.proofpoint.com", "/v1", ("u",)),
    ("linkprotect.cudasvc.com", "", ("a",)),
    ("deref-gmx.net", "", ("redirectUrl", "redirecturl")),
    ("deref-web.de", "", ("redirectUrl", "redirecturl")),
    ("deref-mail.com", "", ("redirectUrl", "redirecturl")),
    ("medium.com", "/r", ("url",)),
    ("disq.us", "", ("url",)),
    ("steamcommunity.com", "/linkfilter", ("url", "u")),
    ("discordapp.com", "/external", ("url",)),
    ("deviantart.com", "/users/outgoing", ("",)),
    ("href.li", "", ("",)),
    ("anonym.to", "", ("",)),
    ("nullrefer.com", "", ("",)),
    ("dereferer.me", "", ("",)),
    ("getpocket.com", "/redirect", ("url",)),
    ("getpocket.com", "/save", ("url",)),
    ("flipboard.com", "/redirect", ("url",)),
    ("flip.it", "/redirect", ("url",)),
    ("feedly.com", "/i/", ("url",)),
    ("xiti.com", "", ("url",)),
    ("redirect.viglink.com", "", ("u", "out")),
    ("go.redirectingat.com", "", ("url",)),
    ("go.skimresources.com", "", ("url",)),
    ("awin1.com", "/cread.php", ("ued", "p")),
    ("click.linksynergy.com", "", ("murl", "RD_PARM1")),
    ("effiliation.com", "", ("url",)),
    ("tradedoubler.com", "", ("url",)),
    ("tradetracker.net", "", ("u", "r")),
    ("shareasale.com", "", ("urllink",)),
    ("viglink.com", "", ("u",)),
)

#: (host suffix, path prefix): the rest of the path is the address without its scheme.
AMP_CACHES: tuple[tuple[str, str], ...] = (
    ("google", "/amp/s/"),
    ("google", "/amp/"),
    ("bing.com", "/amp/s/"),
    ("bing-amp.com", "/c/s/"),
    ("bing-amp.com", "/c/"),
    *(("cdn.ampproject.org", f"/{kind}/{scheme}") for kind in ("c", "v", "wp", "i", "a") for scheme in ("s/", "")),
)

#: (host suffix, what comes before the page's address in the path).
IN_PATH: tuple[tuple[str, str], ...] = (
    ("feedproxy.google.com", r"/~r/[^/]+/~3/[^/]+/"),
    ("secure-web.cisco.com", r"/[^/]+(?:/[^/]+)*?/"),
    ("urldefense.com", r"/v3/__"),
    ("urldefense.us", r"/v3/__"),
    ("search.yahoo.com", r"/.*/RU="),
    ("outgoing.prod.webservices.mozgcp.net", r"/v\d/[^/]+/"),
    ("web.archive.org", r"/web/\d{1,14}\*?(?:[a-z]{2}_)?/"),
    *(
        (f"archive.{ending}", r"/(?:o/\w+/|[\d.-]{4,20}/|newest/)?(?=https?:)")
        for ending in ("ph", "is", "today", "li", "fo", "md")
    ),
    ("12ft.io", r"/(?=https?:)"),
    ("prf.hn", r"/click/(?:.*/)?destination:"),
)
#: Of those, where the query of the whole is that of the page.
QUERY_TOO = frozenset(
    {"feedproxy.google.com", "web.archive.org", "12ft.io"} | {where for where, _ in IN_PATH if "archive." in where}
)

#: Words of a path, or first labels of a host, that say "this only leads elsewhere", on any site.
LEADING = frozenset(
    {"click", "clicks", "clic", "clics", "clk", "clck", "redirect", "redirects", "redirection", "redir", "rd", "rdr"}
    | {
        "out",
        "outbound",
        "outgoing",
        "away",
        "exit",
        "sortie",
        "go",
        "goto",
        "jump",
        "leave",
        "leaving",
        "link",
        "links",
    }
    | {"track", "tracker", "tracking", "trk", "trck", "tr", "r", "l", "url", "external", "extern", "externe", "visit"}
    | {"gopc", "gourl", "openurl", "clicktracker", "clickthrough", "clickthru", "adclick", "ct", "cl", "lnk", "deref"}
    | {
        "dereferrer",
        "redirecturl",
        "linkout",
        "deeplink",
        "open",
        "e",
        "t",
        "ls",
        "lt",
        "email",
        "mailing",
        "emailing",
        "share",
        "sharer",
    }
)
#: Parameters that hold the address there.
HOLDING = (
    *(
        "url",
        "u",
        "q",
        "to",
        "target",
        "dest",
        "destination",
        "redirect",
        "redirect_url",
        "redirect_uri",
        "redirecturl",
    ),
    *(
        "redir",
        "goto",
        "go",
        "link",
        "href",
        "adurl",
        "out",
        "r",
        "p",
        "l",
        "uri",
        "location",
        "next",
        "page",
        "murl",
        "ued",
    ),
    *(
        "finalurl",
        "final_url",
        "landing",
        "lp",
        "deeplink",
        "dl",
        "target_url",
        "targeturl",
        "dest_url",
        "desturl",
        "return",
    ),
    *("returnurl", "return_url", "continue", "site", "z", "ulp", "loc", "eurl", "rurl", "ru", "a", "d", "ref", ""),
)
