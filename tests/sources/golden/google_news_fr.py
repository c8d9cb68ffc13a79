"""What google_news_fr.xml holds."""

TITLE = '"Floréal when:2d" - Google Actualités'
ENTRIES = [
    {
        "key": "le-courrier-du-nord.example: floreal les clients s impatientent",
        "link": "https://news.google.com/rss/articles/CBMiAAA?oc=5",
        "title": "Floréal : les clients s'impatientent",
        "author": "Le Courrier du Nord",
        "site": "le-courrier-du-nord.example",
        "published": "2026-11-20T08:00:00+00:00",
        "published_raw": "Fri, 20 Nov 2026 08:00:00 GMT",
        "language": "fr",
    },
    {
        "key": "sud-gazette.example: fleurs et epines enquete sur la vente en ligne",
        "link": "https://news.google.com/rss/articles/CBMiBBB?oc=5",
        "title": "Fleurs - et épines : enquête sur la vente en ligne",
        "author": "Sud Gazette",
        "site": "sud-gazette.example",
        "published": "2026-11-19T18:30:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 18:30:00 GMT",
        "language": "fr",
    },
    {
        "key": "bourse.example: floreal cie en bourse",
        "link": "https://news.google.com/rss/articles/CBMiDDD?oc=5",
        "title": "Floréal & Cie en Bourse",
        "author": "bourse.example",
        "site": "bourse.example",
        "published": "2026-11-19T07:00:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 07:00:00 GMT",
        "language": "fr",
    },
]
