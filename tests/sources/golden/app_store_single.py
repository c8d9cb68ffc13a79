"""What app_store_single.json holds."""

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="app_store", url="https://itunes.apple.com", key="s", options=(("app", "123"),))
TITLE = "iTunes Store: Customer Reviews"
ENTRIES = [
    {
        "key": "11800000077",
        "link": "https://itunes.apple.com/be/review?id=123&type=Purple%20Software&review=11800000077",
        "title": "Crasht bij het afrekenen",
        "text": "Sinds de update sluit de app zichzelf.",
        "author": "Sander",
        "site": "itunes.apple.com",
        "published": "2026-10-02T18:30:00+00:00",
        "published_raw": "2026-10-02T11:30:00-07:00",
        "rating": 2.0,
    }
]
