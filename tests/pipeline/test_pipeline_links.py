"""One entry seen several ways is one story: its feed, a search, a post that links to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit_house import FLOREAL, open_town
from veille.model.mention import Kinship
from veille.text.url import is_front

ARTICLE = "https://press.example/2027/02/floreal-une-gerbe-jamais-livree"


def test_a_post_that_links_to_an_article_is_of_its_story(tmp_path: Path) -> None:
    """Without a word in common but the name; the evidence names the address."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        town.publish("press", "Floréal : une gerbe jamais livrée", "La famille attend encore.", link=ARTICLE)
        town.beat()
        town.clock.pass_(minutes=11)
        said = f"Vous avez lu ça sur Floréal ? <a href='{ARTICLE}?utm_source=forum'>ici</a>"
        town.publish("forum", "Pas mal", said)
        town.beat()
        article, post = town.mentioned()
        assert post.story_id == article.story_id
        assert (post.verdict.kinship, post.verdict.evidence) == (Kinship.SAME_STORY, f"links to {ARTICLE}")


def test_a_link_to_a_front_page_says_nothing(tmp_path: Path) -> None:
    """Everybody links to the shop."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        town.publish("press", "Floréal ouvre à Nantes", "La boutique ouvre lundi.", link="https://shop.example/")
        town.publish("forum", "Commande", "Floréal <a href='https://shop.example/'>ici</a> prend-il les chèques ?")
        town.beat()
        first, second = town.mentioned()
        assert first.story_id != second.story_id


def test_feed_search_and_post_are_one_story_with_their_sources(tmp_path: Path) -> None:
    """The search knows no address of the article, the post no word of it."""
    title = "Floréal : scandale, une gerbe de deuil jamais livrée à une famille"
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        town.publish("press", title, "Honte : enterrement sans fleurs, le client porte plainte.", link=ARTICLE)
        news = "https://news.example/articles/CBMiabc"
        town.publish("forum", title, "", link=news, author="Google News")
        town.beat()
        town.clock.pass_(minutes=11)
        town.publish("forum", "Voilà", f"Floréal, encore : <a href='{ARTICLE}'>lire</a>")
        town.beat()
        assert len({one.story_id for one in town.mentioned()}) == 1
        assert {one.verdict.kinship for one in town.mentioned()} == {Kinship.NEW, Kinship.COPY, Kinship.SAME_STORY}


@pytest.mark.parametrize(
    ("address", "front"),
    [
        ("https://shop.example", True),
        ("https://shop.example/", True),
        ("https://shop.example/a", False),
        ("https://shop.example/?id=4", False),
    ],
)
def test_front_pages(address: str, front: bool) -> None:
    assert is_front(address) is front


@pytest.mark.parametrize("together", [True, False], ids=["in one page", "a poll later"])
def test_an_article_that_comes_after_a_post_that_links_to_it_joins_its_story(tmp_path: Path, together: bool) -> None:
    """The post was quicker than the feed."""
    with open_town(tmp_path, clients=FLOREAL) as town:
        town.settle_in()
        said = f"Vous avez lu ça sur Floréal ? <a href='{ARTICLE}#lire'>ici</a>"
        town.publish("press", "Pas mal", said)
        if not together:
            town.beat()
            town.clock.pass_(minutes=11)
        town.clock.pass_(minutes=1)
        town.publish("press", "Floréal : une gerbe jamais livrée", "La famille attend encore.", link=ARTICLE)
        town.beat()
        post, article = town.mentioned()
        assert article.story_id == post.story_id
        assert article.verdict.evidence.startswith("linked from https://press.example/")
