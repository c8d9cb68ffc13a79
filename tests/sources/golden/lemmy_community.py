"""What lemmy_community.xml holds."""

TITLE = "Lemmy - france"
ENTRIES = [
    {
        "key": "https://jlai.example/post/300",
        "link": "https://jlai.example/post/300",
        "title": "Vos fleuristes ?",
        "text": "Floréal ou un autre ?",
        "author": "jeanne",
        "site": "jlai.example",
        "published": "2026-11-20T10:00:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 10:00:00 +0000",
        "links": ("https://blog.example/fleuristes",),
    },
    {
        "key": "https://jlai.example/post/302",
        "link": "https://jlai.example/post/302",
        "title": "Floréal ferme ?",
        "text": "Lu dans le journal & confirmé.",
        "author": "marcel",
        "site": "jlai.example",
        "published": "2026-11-19T10:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 10:00:00 +0000",
    },
    {
        "key": "https://jlai.example/post/303",
        "link": "https://jlai.example/post/303",
        "title": "Tulips",
        "author": "anna",
        "site": "jlai.example",
        "published": "2026-11-18T10:00:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 10:00:00 +0000",
        "links": ("https://pics.example/t.jpg",),
    },
]
