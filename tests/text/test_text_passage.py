"""Whether a page still holds a message, and what is a wall."""

from __future__ import annotations

import pytest

from veille.text.passage import HELD, LOST, look

TEXT = "L'enterrement de maman a commencé. Pas de fleurs, et votre numéro sonne dans le vide."
FILLER = "Bienvenue sur le forum des clients, règles du jeu et messages récents de chacun. " * 30


def page(body: str, *, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


PAGES = {
    "as it was": (page(f"<h1>Page</h1><p>{TEXT}</p>"), True, False, False),
    "with markup and other typography": (
        page("<p>L’enterrement de <b>maman</b> a commencé.<br>Pas de fleurs, et votre&nbsp;numéro sonne dans le vide"),
        True,
        False,
        False,
    ),
    "in another encoding": (TEXT.encode("latin-1"), True, False, False),
    "without it": (page(f"<p>{FILLER}</p>"), False, True, False),
    "shortened": (page("<p>L'enterrement de maman a commencé. Pas de fleurs.</p>" + FILLER), False, False, False),
    "a login": (page("<form>Connectez-vous pour voir <input type=password></form>"), False, True, True),
    "a challenge": (page("Just a moment... Enable JavaScript and cookies to continue"), False, True, True),
    "built by a script": (page("<div id=root></div><script>var x</script>"), False, True, True),
    "a forum with its small login form": (page(f"<input type='password'>{FILLER}"), False, True, False),
}


@pytest.mark.parametrize(("body", "held", "lost", "wall"), PAGES.values(), ids=PAGES)
def test_pages(body: bytes, held: bool, lost: bool, wall: bool) -> None:
    kind = "text/html; charset=iso-8859-1" if body == TEXT.encode("latin-1") else "text/html"
    found = look("https://forum.example/t/12", body, kind, "Gerbe", TEXT)
    assert (found.share >= HELD, found.share <= LOST, found.wall) == (held, lost, wall)


@pytest.mark.parametrize("path", ["/login?next=/t/12", "/users/sign-in", "/connexion/", "/checkpoint/1", "/consent"])
def test_an_address_that_leads_to_a_wall(path: str) -> None:
    assert look(f"https://social.example{path}", page(FILLER), "text/html", "", TEXT).wall


@pytest.mark.parametrize("path", ["/t/12", "/authors/claire", "/blog/signing-books", "/accountability"])
def test_an_address_that_only_looks_like_it(path: str) -> None:
    assert not look(f"https://social.example{path}", page(FILLER), "text/html", "", TEXT).wall


def test_a_short_message_must_stand_there_whole() -> None:
    assert look("https://a.example/1", page("<p>Honteux, vraiment</p>"), "", "", "Honteux vraiment").share == 1
    assert look("https://a.example/1", page("<p>Honteuxvraiment</p>"), "", "", "Honteux vraiment").share == 0


def test_the_title_is_told_apart() -> None:
    found = look(
        "https://a.example/1", page("<h1>Floréal dans la tourmente</h1>"), "", "Floréal dans la tourmente", TEXT
    )
    assert found.title
    assert found.share == 0
