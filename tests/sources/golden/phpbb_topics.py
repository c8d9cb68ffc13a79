"""What phpbb_topics.xml holds."""

TITLE = "Board & friends"
ENTRIES = [
    {
        "key": "https://board.example/viewtopic.php?p=900#p900",
        "link": "https://board.example/viewtopic.php?p=900#p900",
        "title": 'General • Re: Floréal "express"',
        "text": "Never again.\nSame here & no refund",
        "author": "tulipe_noire",
        "site": "board.example",
        "published": "2026-11-21T18:00:00+00:00",
        "published_raw": "2026-11-21T18:00:00+00:00",
        "language": "en",
        "tags": ("General",),
        "links": ("https://board.example/memberlist.php?mode=viewprofile&u=9",),
    },
    {
        "key": "https://board.example/viewtopic.php?p=880#p880",
        "link": "https://board.example/viewtopic.php?p=880#p880",
        "title": "General • Welcome",
        "text": "Hello floreal.example",
        "author": "guest",
        "site": "board.example",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "2026-11-20T08:00:00+00:00",
        "language": "en",
        "links": ("https://floreal.example/",),
    },
    {
        "key": "https://board.example/viewtopic.php?p=870#p870",
        "link": "https://board.example/viewtopic.php?p=870#p870",
        "title": "News • Fleurs d'été",
        "text": "Livraison Floréal en Bretagne",
        "author": "zoe44",
        "site": "board.example",
        "published": "2026-11-19T08:00:00+00:00",
        "published_raw": "2026-11-19T08:00:00+00:00",
        "language": "en",
    },
]
