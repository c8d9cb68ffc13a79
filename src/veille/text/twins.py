"""How sites show one page under several addresses, as data: mobile and AMP hosts, views, index pages, other names.

Origin: written for veille from the addresses that these sites give themselves (rel=canonical, their own redirects).
"""

from __future__ import annotations

#: First labels of a host that name a view of the same site.
LABELS = frozenset(
    {"www", "www1", "www2", "www3", "m", "mobile", "mob", "mobi", "amp", "touch", "wap", "smartphone", "iphone"}
)

#: Second-level labels under which names are registered: m.co.uk is a site, not a twin of co.uk.
REGISTRY_LABELS = frozenset({"co", "com", "org", "net", "gov", "gouv", "ac", "edu", "asso", "nom", "or", "ne"})

#: Sites whose two-letter first label only chooses the language of the frame around the same post.
SPOKEN_ALIKE = frozenset({"linkedin.com", "pinterest.com", "facebook.com"})

#: Other names of the same site.
ALIASES: dict[str, str] = {
    **dict.fromkeys(("twitter.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com", "nitter.net"), "x.com"),
    **{f"{frame}.reddit.com": "reddit.com" for frame in ("old", "new", "np", "i", "sh", "pay", "ssl", "compact")},
    **{
        f"{frame}.facebook.com": "facebook.com"
        for frame in ("web", "mbasic", "fr-fr", "en-gb", "en-us", "touch", "business")
    },
    "fb.com": "facebook.com",
    "fr-ca.facebook.com": "facebook.com",
    "music.youtube.com": "youtube.com",
    "youtube-nocookie.com": "youtube.com",
    "youtube.fr": "youtube.com",
    "threads.net": "threads.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "fxbsky.app": "bsky.app",
    "instagr.am": "instagram.com",
    "ddinstagram.com": "instagram.com",
    "feeds.feedburner.com": "feedproxy.google.com",
    "francetvinfo.fr": "franceinfo.fr",
    "bbc.co.uk": "bbc.com",
    "edition.cnn.com": "cnn.com",
    "abonnes.lemonde.fr": "lemonde.fr",
    "premium.lefigaro.fr": "lefigaro.fr",
    "abonnes.lefigaro.fr": "lefigaro.fr",
    "tempsreel.nouvelobs.com": "nouvelobs.com",
    "abonnes.nouvelobs.com": "nouvelobs.com",
}

#: Pages that a server shows for the folder itself.
INDEX_PAGES = frozenset(
    f"{name}.{ending}"
    for name in ("index", "default")
    for ending in ("html", "htm", "php", "asp", "aspx", "shtml", "jsp", "php3", "php4", "php5", "xhtml", "cfm", "do")
)

#: Last segments that name a view of the page before them.
LAST_VIEWS = frozenset(
    {"amp", "amp.html", "amp.php", "print", "print.html", "imprimer", "impression", "printable", "embed", "mobile"}
)
#: Of those, what is a view only behind the name of one page ("article-12/print"): elsewhere it is a section or a trade.
WORDS_TOO = LAST_VIEWS - {"amp", "amp.html", "amp.php", "print.html"}
#: Segments whose next one is what is listed: "/tag/amp" is no view of "/tag".
LISTS = frozenset(
    {"tag", "tags", "topic", "topics", "theme", "themes", "sujet", "sujets", "hashtag", "label", "mot-cle"}
)
#: First segments that name a view of the article behind them.
FIRST_VIEWS = frozenset({"amp", "mobile", "m", "print", "imprimer", "smartphone"})

#: Parameters that choose how a page is shown, whatever their value; "" is the bare name.
VIEW_NAMES = frozenset(
    {"amp", "_amp", "outputtype", "print", "imprimer", "impression", "printable", "printpage", "imprimable"}
    | {
        "printer_friendly",
        "printerfriendly",
        "tmpl",
        "noamp",
        "nonamp",
        "is_amp",
        "ampmode",
        "isamp",
        "replytocom",
    }
    | {"preview", "preview_id", "preview_nonce", "highlight", "hilit", "var_mode", "var_recherche", "nomobile"}
    | {"redirected"}
    | {"doing_wp_cron", "_", "nocache", "no_cache", "cachebuster", "desktop", "force_mobile", "amp_markup", "fullsite"}
)
#: (name, values): these choose a view too.
VIEWS: tuple[tuple[str, frozenset[str]], ...] = (
    ("m", frozenset({"1", "0"})),
    ("mobile", frozenset({"1", "0", "true", "false", "yes", "on", "oui"})),
    *(
        (name, frozenset({"mobile", "amp", "print", "imprimer", "printable", "desktop", "touch", "smartphone"}))
        for name in ("view", "mode", "platform", "format", "version", "output", "display", "layout", "device")
    ),
    ("type", frozenset({"amp", "print"})),
    ("nb", frozenset({"1"})),
    ("pop", frozenset({"1", "true"})),
    ("csi", frozenset({"0", "1"})),
    ("te", frozenset({"1"})),
    ("action", frozenset({"print", "imprimer"})),
    ("start", frozenset({"0"})),
    ("offset", frozenset({"0"})),
)

#: (last segment of the path, parameter that says all, parameters that then say nothing).
REDUNDANT: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("viewtopic.php", "p", frozenset({"t", "f", "start", "view"})),
    ("viewtopic.php", "t", frozenset({"f"})),
    ("showthread.php", "p", frozenset({"t", "page", "viewfull"})),
    ("", "option", frozenset({"itemid", "catid"})),
    ("", "comment", frozenset({"do"})),
)

#: Words of a path under which posts are numbered and sessions travel in the address.
FORUM_WORDS = (
    "viewtopic",
    "showthread",
    "viewforum",
    "forum",
    "topic",
    "thread",
    "phpbb",
    "posting",
    "showpost",
    "sujet",
)
#: Parameters of a forum that say nothing of the page.
FORUM_NAMES = frozenset({"sid", "s", "sd", "sk", "st", "viewfull", "topicseen", "goto"})
