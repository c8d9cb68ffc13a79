"""What bing_news_fr.xml holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="bing_news", url="https://www.bing.com", key="s")
TITLE = "Floréal - BingNews"
ENTRIES = [
    {
        "key": "https://www.le-courrier-du-nord.example/eco/floreal-livraisons?id=12",
        "link": "https://www.le-courrier-du-nord.example/eco/floreal-livraisons?id=12",
        "title": 'Floréal : les livraisons "express" en question',
        "text": "Le fleuriste promet deux heures, nos lecteurs attendent deux jours. L'entreprise n'a pas répondu.",
        "author": "Le Courrier du Nord",
        "site": "le-courrier-du-nord.example",
        "published": "2026-11-19T07:30:00+00:00",
        "published_raw": "Thu, 19 Nov 2026 07:30:00 GMT",
    },
    {
        "key": "https://magazine.example/saint-valentin",
        "link": "https://magazine.example/saint-valentin",
        "title": "Saint-Valentin : où commander ?",
        "text": "Notre choix de fleuristes.",
        "author": "Magazine sur MSN",
        "site": "magazine.example",
        "published": "2026-11-18T16:00:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 16:00:00 GMT",
    },
    {
        "key": "https://ouest-infos.example/emploi/50",
        "link": "https://ouest-infos.example/emploi/50",
        "title": "Floréal recrute 50 saisonniers",
        "site": "ouest-infos.example",
        "published": "2026-11-18T09:12:00+00:00",
        "published_raw": "Wed, 18 Nov 2026 09:12:00 GMT",
    },
]
