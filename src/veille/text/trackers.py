"""What addresses carry besides the page, as data: trackers by vendor, session marks, redirectors, twins.

Each row names who adds the parameter and where that is written. Names are compared in lower case.
"""

from __future__ import annotations

#: (vendor, where it is written, prefixes): every parameter that starts so is a tracker.
PREFIXES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Google Analytics campaigns", "support.google.com/analytics/answer/10917952", ("utm_",)),
    ("AT Internet / Piano, French press", "help.piano.io: campaign parameters", ("at_", "xtor", "xtref")),
    ("Matomo", "matomo.org/faq: tracking campaigns", ("mtm_", "matomo_", "piwik_")),
    ("HubSpot ads", "knowledge.hubspot.com: ads tracking", ("hsa_", "__hs", "_hs")),
    ("Facebook", "developers.facebook.com: sharing", ("fb_action_", "fb_comment_", "__cft__", "__tn__")),
    ("Comscore, BBC", "comscore digital analytix: ns_ labels", ("ns_",)),
    ("Yahoo consent", "guce.yahoo.com", ("guce_", "guccounter")),
    ("Internal campaigns", "practice of Piwik PRO and shops", ("itm_", "stm_", "int_cmp")),
    ("Google AMP viewer", "amp.dev: viewer parameters", ("amp_js", "amp_gsa", "__amp_", "_x_tr_")),
    ("Webtrekk / Mapp", "docs.mapp.com: campaign parameters", ("wt_", "wtrid")),
    ("Echobox", "echobox.com: campaign marks on social posts", ("echobox",)),
)

#: (vendor, where it is written, names).
PARAMETERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "AT Internet, old marks",
        "help.piano.io: xtor and internal search",
        ("xtcr", "xtmc", "xtnp", "xtatc", "xts"),
    ),
    (
        "Google Ads and Analytics",
        "support.google.com/google-ads/answer/9744275",
        (
            "gclid",
            "gclsrc",
            "dclid",
            "gbraid",
            "wbraid",
            "gad_source",
            "gad_campaignid",
            "srsltid",
            "_ga",
            "_gl",
        ),
    ),
    (
        "Facebook and Instagram",
        "developers.facebook.com",
        ("fbclid", "fb_source", "fb_ref", "igshid", "igsh", "mibextid", "rdid"),
    ),
    ("Microsoft Advertising", "learn.microsoft.com/advertising: click id", ("msclkid", "ocid", "cvid")),
    ("X", "business.x.com: click id", ("twclid", "__twitter_impression", "ref_src", "ref_url", "tw_source")),
    (
        "TikTok, LinkedIn, Pinterest, Snapchat",
        "their advertisers' help",
        ("ttclid", "li_fat_id", "epik", "sccid", "rdt_cid"),
    ),
    ("Yandex", "yandex.com/support/metrica", ("yclid", "ysclid", "_openstat")),
    (
        "Mailchimp and mailers",
        "mailchimp.com/help",
        ("mc_cid", "mc_eid", "ml_subscriber", "ml_subscriber_hash", "vero_id", "vero_conv"),
    ),
    (
        "Marketo, Adobe, Kenshoo",
        "experienceleague.adobe.com",
        ("mkt_tok", "s_kwcid", "ef_id", "sc_cid", "s_cid", "icid", "adobe_mc"),
    ),
    ("Outbrain, Taboola", "outbrain.com/help", ("dicbo", "oborigurl", "tblci", "tbclid")),
    (
        "Matomo, short form",
        "matomo.org/faq",
        ("pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid"),
    ),
    ("HubSpot", "knowledge.hubspot.com", ("hsctatracking",)),
    (
        "Olytics, Wicked, Rakuten",
        "their integration guides",
        ("oly_enc_id", "oly_anon_id", "wickedid", "rb_clickid", "ranmid", "raneaid", "ransiteid"),
    ),
    (
        "Press sharing marks",
        "seen on nytimes.com, lemonde.fr, huffpost.com",
        (
            "smid",
            "smtyp",
            "cmpid",
            "cmp",
            "ncid",
            "sr_share",
            "soc_src",
            "soc_trk",
            "linkid",
            "sref",
            "lmd_medium",
            "lmd_campaign",
            "lmd_source",
            "lmd_creation",
            "_ope",
        ),
    ),
    ("Alibaba", "practice of aliexpress.com", ("spm", "scm")),
    ("Wikipedia", "wikitech.wikimedia.org/wiki/Provenance", ("wprov",)),
    ("AMP", "amp.dev: discovery and viewer", ("amp", "outputtype", "usqp", "aoh", "csi", "_tf")),
    (
        "Sessions",
        "PHP, Java, ASP, ColdFusion defaults",
        ("phpsessid", "jsessionid", "aspsessionid", "cfid", "cftoken", "sessionid"),
    ),
)

#: Trackers only when their value is one of SHARING_WORDS: elsewhere these names tell pages apart.
DOUBTFUL = (
    "ref",
    "source",
    "src",
    "from",
    "origin",
    "via",
    "medium",
    "campaign",
    "share",
    "partner",
    "provenance",
    "feature",
    "referrer",
    "referer",
)
SHARING_WORDS = frozenset(
    {"rss", "feed", "feeds", "atom", "newsletter", "nl", "email", "mail", "mailing", "sms", "push"}
    | {"twitter", "tw", "x", "facebook", "fb", "linkedin", "instagram", "insta", "whatsapp", "telegram"}
    | {"mastodon", "bluesky", "pinterest", "reddit", "flipboard", "feedly", "pocket", "google", "googlenews"}
    | {"gnews", "news", "msn", "bing", "yahoo", "app", "web", "mobile", "home", "homepage", "accueil", "une"}
    | {"social", "share", "sharing", "share_button", "button", "widget", "copy", "copylink", "link"}
    | {"organic", "direct"}
)

#: (hosts, parameters that are trackers there alone).
BY_HOST: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("x.com",), ("s", "t", "lang", "cxt")),
    (("youtube.com",), ("si", "feature", "ab_channel", "pp", "t", "app", "themerefresh")),
    (("spotify.com", "open.spotify.com"), ("si",)),
    (("medium.com",), ("gi", "sk", "source")),
    (("reddit.com",), ("context", "rdt", "share_id", "utm_name")),
    (("linkedin.com",), ("trk", "trackingid", "lipi", "rcm", "originalsubdomain")),
    (
        ("facebook.com",),
        ("ref", "refid", "locale", "_rdr", "paipv", "eav", "comment_tracking", "sfnsn", "extid", "wtsid"),
    ),
    (("instagram.com",), ("hl", "img_index")),
    (("tiktok.com",), ("_r", "_t", "is_from_webapp", "sender_device", "lang")),
)

#: Families whose parameters tell nothing but a mobile view: Blogger's `m=1`.
MOBILE_VIEWS = (
    ("m", "1"),
    ("mobile", "1"),
    ("view", "mobile"),
    ("mode", "amp"),
    ("platform", "amp"),
    ("type", "amp"),
)

#: (host, path prefix, parameters that hold the address): a visit leads elsewhere. `google` = any google.TLD.
REDIRECTORS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("google", "/url", ("url", "q")),
    ("google", "/imgres", ("imgrefurl",)),
    ("news.google.com", "/news/url", ("url",)),
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
    ("facebook.com", "/l.php", ("u",)),
    ("facebook.com", "/flx/warn", ("u",)),
    ("facebook.com", "/sharer", ("u",)),
    ("l.instagram.com", "", ("u",)),
    ("l.messenger.com", "/l.php", ("u",)),
    ("l.threads.com", "", ("u",)),
    ("l.threads.net", "", ("u",)),
    ("bing.com", "/news/apiclick.aspx", ("url",)),
    ("bing.com", "/ck/a", ("u",)),
    ("duckduckgo.com", "/l", ("uddg",)),
    ("out.reddit.com", "", ("url",)),
    ("youtube.com", "/redirect", ("q",)),
    ("youtube.com", "/attribution_link", ("u",)),
    ("linkedin.com", "/redir/redirect", ("url",)),
    ("linkedin.com", "/safety/go", ("url",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("vk.com", "/away.php", ("to",)),
    ("slack-redir.net", "/link", ("url",)),
    ("safelinks.protection.outlook.com", "", ("url",)),
    ("medium.com", "/r", ("url",)),
    ("disq.us", "/url", ("url",)),
    ("steamcommunity.com", "/linkfilter", ("url", "u")),
    ("deviantart.com", "/users/outgoing", ("",)),
    ("href.li", "", ("",)),
    ("translate.google.com", "/translate", ("u",)),
    ("getpocket.com", "/redirect", ("url",)),
    ("flip.it", "/redirect", ("url",)),
    ("redirect.viglink.com", "", ("u",)),
    ("go.redirectingat.com", "", ("url",)),
    ("awin1.com", "/cread.php", ("ued", "p")),
)

#: (host suffix, path prefix): the rest of the path is the address without its scheme.
AMP_CACHES: tuple[tuple[str, str], ...] = (
    ("google", "/amp/s/"),
    ("google", "/amp/"),
    ("bing.com", "/amp/s/"),
    ("cdn.ampproject.org", "/c/s/"),
    ("cdn.ampproject.org", "/c/"),
    ("cdn.ampproject.org", "/v/s/"),
    ("cdn.ampproject.org", "/v/"),
    ("cdn.ampproject.org", "/wp/s/"),
)

#: First labels of a host that name a view of the same site.
TWIN_LABELS = frozenset({"www", "www1", "www2", "www3", "m", "mobile", "amp", "touch", "wap"})

#: Second-level labels under which names are registered: m.co.uk is a site, not a twin of co.uk.
REGISTRY_LABELS = frozenset({"co", "com", "org", "net", "gov", "gouv", "ac", "edu", "asso", "nom", "or", "ne"})

#: Other names of the same site.
ALIASES: dict[str, str] = {
    "twitter.com": "x.com",
    "fxtwitter.com": "x.com",
    "vxtwitter.com": "x.com",
    "fixupx.com": "x.com",
    "old.reddit.com": "reddit.com",
    "new.reddit.com": "reddit.com",
    "np.reddit.com": "reddit.com",
    "i.reddit.com": "reddit.com",
    "web.facebook.com": "facebook.com",
    "mbasic.facebook.com": "facebook.com",
    "fr-fr.facebook.com": "facebook.com",
    "en-gb.facebook.com": "facebook.com",
    "fb.com": "facebook.com",
    "music.youtube.com": "youtube.com",
}

#: Pages that a server shows for the folder itself.
INDEX_PAGES = frozenset(
    f"{name}.{ending}"
    for name in ("index", "default")
    for ending in ("html", "htm", "php", "asp", "aspx", "shtml", "jsp", "php5")
)
