"""What addresses carry besides the page, as data: trackers by vendor, session and sharing marks.

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
    ("Eulerian, French shops", "eulerian.wiki: campaign parameters", ("eseg-", "ead-")),
    ("Adobe Campaign, Eloqua", "docs.oracle.com: Eloqua link tracking", ("elq", "sfmc_")),
    ("Branch", "help.branch.io: link data", ("_branch_", "$deep_link", "~")),
    ("Adjust, AppsFlyer, affiliates", "their help", ("adjust_", "af_", "aff_", "irclick", "cjevent", "cjdata")),
    ("Google Ads value track", "support.google.com/google-ads: ValueTrack", ("gad_", "ga_", "gaa_", "hmb_")),
    ("Matomo, short form", "matomo.org/faq", ("pk_",)),
    ("Bronto, Klaviyo, Drip, Omeda", "their link tracking", ("_bta_", "__s", "oly_", "vero_", "ml_")),
    ("Amazon product pages", "practice of amazon.fr", ("pd_rd_", "pf_rd_")),
    ("Le Monde", "seen on lemonde.fr", ("lmd_",)),
    ("Jetpack related posts", "jetpack.com/support", ("relatedposts_",)),
    ("Webtrends", "help.webtrends.com: query parameters", ("wt.",)),
    ("Omniture and successors", "experienceleague.adobe.com", ("s_cid", "s_kwcid", "sc_", "adobe_mc")),
    ("Yahoo social", "seen on yahoo.com", ("soc_", ".tsrc")),
    (
        "Coremetrics, now Acoustic",
        "help.goacoustic.com: cm_mmc and site promotions",
        ("cm_mmc", "cm_sp", "cm_re", "cm_ite"),
    ),
    ("Silverpop, now Acoustic", "help.goacoustic.com: link tracking", ("spmailing", "spuser", "spjob", "spreport")),
    ("Mediego, French press", "seen in the newsletters of ouest-france.fr, ladepeche.fr", ("mediego_",)),
    ("Der Spiegel", "seen on spiegel.de", ("sara_",)),
    ("BBC live pages", "seen on bbc.com: the post shown first", ("pinned_post_",)),
    ("Cxense, now Piano", "docs.piano.io: content tests", ("cx_",)),
    ("Blueshift, Iterable", "their link tracking", ("bsft_", "iterable")),
    ("Gannett", "seen on usatoday.com", ("gnt-cfr", "gca-")),
    ("AliExpress", "seen on aliexpress.com", ("algo_", "pdp_npi", "pdp_ext")),
    ("Amazon attribution", "advertising.amazon.com: attribution marks", ("asc_",)),
    ("Cloudflare", "developers.cloudflare.com: challenge pages", ("__cf_chl",)),
    ("Washington Post", "seen on washingtonpost.com", ("wpisrc", "wpmm", "pwapi_")),
    ("Facebook, older marks", "seen on facebook.com", ("__xts__", "__eep__", "__so__", "__rv__")),
    ("Google Analytics, misspelt", "seen in newsletters", ("utm-", "utmsource", "utmmedium", "utmcampaign")),
)

#: (vendor, where it is written, names).
PARAMETERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("AT Internet, old marks", "help.piano.io: xtor and internal search", ("xtcr", "xtmc", "xtnp", "xtatc", "xts")),
    (
        "Google Ads and Analytics",
        "support.google.com/google-ads/answer/9744275",
        ("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl"),
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
            "sref",
            "lmd_medium",
            "lmd_campaign",
            "lmd_source",
            "lmd_creation",
            "_ope",
        ),
    ),
    ("Alibaba", "practice of aliexpress.com", ("spm", "scm")),
    (
        "Press and newsletter marks",
        "seen on nytimes.com, forbes.com, cnn.com, lefigaro.fr, bfmtv.com, dailymail.co.uk",
        (
            "emc",
            "regi_id",
            "segment_id",
            "tpcc",
            "intcid",
            "intcmp",
            "int_source",
            "int_medium",
            "int_campaign",
            "cmpid2",
            "cmp_id",
            "cmpgn",
            "cndid",
            "bxid",
            "esrc",
            "dm_i",
            "ck_subscriber_id",
            "trkcampaign",
            "xnpe_tifc",
            "mkcid",
            "mkevt",
            "mkrid",
            "m_bt",
            "m_i",
            "mediego_euid",
            "vid_nl",
            "_ke",
            "_kx",
            "mc_tc",
            "vgo_ee",
            "wickedsource",
            "cmpid_",
            "ved",
            "sxsrf",
            "usg",
            "rct",
            "esheet",
            "sharesource",
            "social_share",
            "share_id",
            "like_comment",
            "action_object_map",
            "action_ref_map",
            "action_type_map",
            "awc",
            "irgwc",
            "sscid",
            "tduid",
            "zanpid",
            "effi_id",
            "gs_l",
            "from_app",
            "oscsid",
            "zenid",
            "xcartid",
        ),
    ),
    (
        "Sharing marks of papers and blogs",
        "seen on letelegramme.fr, sudouest.fr, dailymail.co.uk, ft.com, cnet.com, espn.com and Substack's letters",
        ("share_auth", "share_token", "sharetype", "csnt", "ito", "ftag", "ftcamp", "ex_cid", "reflink", "leadsource")
        + ("showwelcomeonshare", "isfreemail", "triedredirect", "nlref", "nlsha", "share_source"),
    ),
    ("LinkedIn", "seen on linkedin.com and in its mails", ("trk", "trkinfo", "trkemail")),
    ("EveryAction, beehiiv, Hootsuite", "their link tracking", ("emci", "emdi", "_bhlid", "hootpostid")),
    ("WeChat", "seen in links shared from it", ("isappinstalled",)),
    ("Wikipedia", "wikitech.wikimedia.org/wiki/Provenance", ("wprov",)),
    ("AMP", "amp.dev: discovery and viewer", ("usqp", "aoh", "_tf", "amp_latest_update_time")),
    ("Sessions", "PHP, Java, ASP, ColdFusion defaults", ("phpsessid", "jsessionid", "aspsessionid", "cfid", "cftoken")),
)

#: Sessions when their value looks drawn; a short number there is the session of a conference, a page like any other.
SESSIONS = frozenset({"sid", "s", "session", "sessionid", "session_id", "sessid", "sess_id"})
#: Names with a number of their own: SocialFlow's mark on posts ("sf123456789=1").
NUMBERED = r"sf\d{6,}"

#: Trackers when their value is one of SHARING_WORDS, or when the path alone names an article: elsewhere these names
#: tell pages apart.
DOUBTFUL = frozenset(
    {"ref", "source", "src", "from", "origin", "via", "medium", "campaign", "share", "partner", "provenance", "feature"}
    | {"referrer", "referer", "origine", "partenaire", "campagne", "emplacement", "trk", "tr", "cid", "nl", "nlid"}
    | {"newsletter", "mailing", "email", "rss", "sc", "sh", "si", "s", "link", "link_source", "linksource", "pos"}
    | {"position", "sharetype", "sharesource", "clickid", "click_id", "subid", "sub_id", "uid", "user_id", "userid"}
    | {"campaign_id", "campaignid", "instance_id", "ts", "random", "token", "sig", "actid", "act_id"}
    | {"ito", "taid", "mbid", "sharedby", "shared", "partage", "xtref", "cb", "rnd"}
    | {
        "gift",
        "giftid",
        "sharetoken",
        "accesstoken",
        "unlocked_article_code",
        "adgroup",
        "ad_id",
        "adid",
        "een",
        "seen",
    }
    | {"linkid", "mkt", "csi"}
    | {"sso", "auth", "connected", "reload", "refresh", "wa", "ref_page", "entrypoint", "origin_page"}
)
SHARING_WORDS = frozenset(
    {"rss", "feed", "feeds", "atom", "newsletter", "nl", "email", "mail", "mailing", "sms", "push", "notification"}
    | {"twitter", "tw", "x", "facebook", "fb", "linkedin", "instagram", "insta", "ig", "whatsapp", "wa", "telegram"}
    | {"mastodon", "bluesky", "pinterest", "reddit", "flipboard", "feedly", "pocket", "google", "googlenews", "tiktok"}
    | {"gnews", "news", "msn", "bing", "yahoo", "app", "web", "mobile", "home", "homepage", "accueil", "une", "hp"}
    | {"social", "share", "shared", "sharing", "button", "widget", "copy", "copylink", "link", "partage", "partager"}
    | {
        "organic",
        "direct",
        "ios",
        "android",
        "iphone",
        "messenger",
        "snapchat",
        "threads",
        "youtube",
        "discover",
        "twsrc",
    }
    | {"t.co", "producthunt", "hackernews", "hn", "email_share", "whats", "nav", "header", "footer", "sidebar", "menu"}
)

#: (hosts, parameters that are trackers there alone); a leading dot means any site under that one.
BY_HOST: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("x.com",), ("s", "t", "lang", "cxt")),
    ((".substack.com", "substack.com"), ("r", "s", "source", "token", "publication_id", "post_id")),
    (("wsj.com", "barrons.com", "marketwatch.com"), ("mod", "st")),
    (("forbes.com",), ("sh", "ss", "ctpv")),
    (("elpais.com", "as.com", "cincodias.elpais.com"), ("ssm", "prm", "rel", "sma")),
    (("washingtonpost.com",), ("itid", "tid", "hpid", "s_l", "arc404")),
    (("youtube.com",), ("si", "feature", "ab_channel", "pp", "t", "app", "themerefresh")),
    (("spotify.com", "open.spotify.com"), ("si", "context", "nd", "dlsi")),
    (("news.google.com",), ("oc", "hl", "gl", "ceid")),
    (("nytimes.com",), ("nl", "smid", "searchresultposition", "action", "module", "pgtype", "region")),
    (("bsky.app", "mastodon.social", "piaille.fr"), ("ref_src",)),
    (("t.me",), ("single", "embed", "mode")),
    (("pinterest.com",), ("sender", "invite_code", "sfo")),
    (("dailymotion.com",), ("playlist", "start", "autoplay")),
    (("vimeo.com",), ("share", "autoplay", "fl", "fe")),
    (("github.com",), ("tab", "readme")),
    (
        ("amazon.fr", "amazon.com", "amazon.de", "amazon.co.uk"),
        (
            "tag",
            "ref",
            "ref_",
            "psc",
            "qid",
            "sr",
            "keywords",
            "crid",
            "sprefix",
            "th",
            "linkcode",
            "_encoding",
            "smid",
        ),
    ),
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
