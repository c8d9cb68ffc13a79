"""The mail box that the notifications of the story come to, served over IMAP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from veille.demo.imap import Dropped, Folder, imap_server
from veille.demo.notices import facebook_comment
from veille.demo.services import SECRETS
from veille.demo.story import Post, Story
from veille.model.clock import Clock

#: The format of a place that is known by its mails alone, and who opens the box.
FORMAT, USER = "facebook_mail", "veille"


@contextmanager
def letterbox(story: Story, clock: Clock) -> Iterator[int]:
    """Serves until the end of the block; gives the port."""
    posts = [post for post in story.posts if story.places[post.place].format == FORMAT]
    folder = Folder([_dropped(post) for post in posts], user=USER, password=SECRETS[FORMAT])
    with imap_server(folder, clock) as port:
        yield port


def _dropped(post: Post) -> Dropped:
    mail = facebook_comment(author=post.author, text=post.text, at=post.published, permalink=post.link)
    return Dropped(post.at, mail)
