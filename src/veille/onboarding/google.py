"""Google's two doors: the search feed of Google News, and the feed of a Google Alert that a person makes."""

from __future__ import annotations

from urllib.parse import quote_plus, urlsplit

from veille.rendering.catalogue import Catalogue, later

#: Undocumented, free, without a key; meant for personal feed readers (docs/getting-started.md says more).
NEWS = "https://news.google.com/rss/search"
#: How far back each question looks: enough for a first look, and a busy brand still fits in its 100 titles.
NEWS_DAYS = 7
ALERTS_PATH = "/alerts/feeds/"

#: Last label of the site's host -> country, where Google News has an edition in the language.
_COUNTRIES = {
    "fr": {"be": "BE", "ch": "CH", "ca": "CA", "sn": "SN", "ma": "MA"},
    "en": {"uk": "GB", "ie": "IE", "ca": "CA", "au": "AU", "nz": "NZ", "in": "IN", "za": "ZA"},
}
_USUAL = {"fr": "FR", "en": "US"}

STEPS = (
    later("Open https://www.google.com/alerts in a browser, signed in to a Google account."),
    later('Type the search, with its quotes: "{name}"'),
    later("Choose “Show options”: How often: As-it-happens; Sources: Automatic; How many: All results."),
    later("Deliver to: RSS feed. Then “Create alert”."),
    later("In the list of alerts, copy the address of the orange feed icon (https://www.google.com/alerts/feeds/...)."),
)


def news_url(name: str, *, language: str, site: str = "", base: str = NEWS) -> str:
    """The search feed of Google News for a name; `site` is the client's host, whose end names a country."""
    country = _COUNTRIES.get(language, {}).get(site.rpartition(".")[2], _USUAL.get(language, "US"))
    tongue = language if language == "fr" else f"{language}-{country}"
    asked = quote_plus(f'"{name}" when:{NEWS_DAYS}d')
    return f"{base}?q={asked}&hl={tongue}&gl={country}&ceid={country}:{language}"


def alerts_trouble(url: str, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this is not the address of an alert's feed ("" = it is); an English sentence of the catalogue.

    `allow_private`: plain http is taken from there alone, so that a stand-in may serve.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return later("This is not a web address.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.netloc in allow_private):
        return later("The address of an alert begins with https://")
    numbers = parts.path.partition(ALERTS_PATH)[2].split("/")
    if not parts.path.startswith(ALERTS_PATH) or len(numbers) != 2 or not all(n.isdigit() for n in numbers):
        return later("The address of an alert's feed reads https://www.google.com/alerts/feeds/NUMBER/NUMBER")
    return ""


def steps(words: Catalogue, name: str) -> list[str]:
    """What to do, step by step, to make an alert for a name."""
    return [words.say(step, name=name) for step in STEPS]
