"""Mails as strangers write them: hostile MIME, links that hide, small print, commands, and what notices are none."""

from __future__ import annotations

import contextlib
import re
import time
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from veille.errors import ReadError
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.sources import markup
from veille.sources.base import read_message
from veille.sources.mail import links, senders
from veille.sources.mail.stars import stars

SOURCE = Source(id="s", kind="mailbox", url="imaps://imap.example/INBOX", key="s")
HEAD = b"From: Ann <ann@people.example>\nSubject: Avis\nMessage-ID: <1@people.example>\n"
FACEBOOK = "Facebook <notification@facebookmail.com>"
GOOGLE = "Google Business Profile <businessprofile-noreply@google.com>"


def read(message: bytes) -> tuple[Entry, ...]:
    return read_message(SOURCE, message)


def one(message: bytes) -> Entry:
    (entry,) = read(message)
    return entry


def mail(
    subject: str, text: str = "", *, html: str = "", sender: str = "Ann <ann@people.example>", **more: str
) -> bytes:
    """A mail with these parts."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["Subject"] = subject
    made["Message-ID"] = "<1@people.example>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    if text:
        made.set_content(text)
    if html:
        (made.add_alternative if text else made.set_content)(html, subtype="html")
    return made.as_bytes()


def nested(depth: int) -> bytes:
    rows = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return HEAD + b"".join(rows) + b"Content-Type: text/plain\n\nau fond"


READABLE = {
    "a charset that does not exist": (b"Content-Type: text/plain; charset=x-nope\n\ncaf\xe9 ferm\xe9", "café fermé"),
    "a charset that is no charset": (b"Content-Type: text/plain; charset=zlib\n\ncaf\xc3\xa9", "café"),
    "utf-7": (b"Content-Type: text/plain; charset=utf-7\n\nbonjour", "bonjour"),
    "wrong quoted-printable": (b"Content-Transfer-Encoding: quoted-printable\n\n=ZZ caf=C3=A9 =\nfin", "=ZZ café fin"),
    "wrong base64": (b"Content-Transfer-Encoding: base64\n\naGVsbG8*=\xff", "hello"),
    "an encoding that does not exist": (b"Content-Transfer-Encoding: x-nope\n\nbonjour", "bonjour"),
    "a type that is none": (b"Content-Type: ;;;\n\nbonjour", "bonjour"),
    "parts without a boundary": (b"Content-Type: multipart/mixed\n\nbonjour", "bonjour"),
    "a broken RFC 2231 parameter": (
        b"Content-Type: text/plain; charset*0*=x''%ff; charset*=utf-8\n\nbonjour",
        "bonjour",
    ),
    "markup alone": (b"Content-Type: text/html\n\n<p>bon<b>jour</b><p>tous", "bonjour\ntous"),
    "lines that flow": (b"Content-Type: text/plain; format=flowed\n\nbonjour \ntous", "bonjour tous"),
    "NUL": (b"\nbon\0jour", "bonjour"),
}


@pytest.mark.parametrize(("message", "text"), READABLE.values(), ids=READABLE)
def test_what_can_be_read_is_read(message: bytes, text: str) -> None:
    """However it is written."""
    entry = one(HEAD + message)
    assert (entry.text, entry.title, entry.key) == (text, "Avis", "1@people.example")


SUBJECTS = {
    "=?utf-8?q?Flor=C3=A9al?=": "Floréal",
    "=?iso-8859-1?Q?Flor=E9al=2C?= =?utf-8?b?IG5vbg==?=": "Floréal, non",
    "=?utf-8?B?w6k=?= =?utf-8?Q?=C3?=\n =?utf-8?Q?=A9?= x": "éé x",
    "=?x-none?Q?caf=E9?=": "café",
    "=?utf-8?X?abc?= d": "=?utf-8?X?abc?= d",
    "Flor\xe9al": "Floréal",
    "Flor\xc3\xa9al": "Floréal",
    "un\n deux": "un deux",
}


@pytest.mark.parametrize(("written", "title"), SUBJECTS.items())
def test_a_subject_is_read_as_a_person_reads_it(written: str, title: str) -> None:
    """Encoded words, raw bytes, folded lines."""
    assert one(b"From: a@b.example\nSubject: " + written.encode("latin-1") + b"\n\nbonjour").title == title


SENDERS = {
    "Ann Lee <ann@people.example>": "Ann Lee",
    '"Lee, Ann" <ann@people.example>': "Lee, Ann",
    "=?utf-8?q?Zo=C3=A9?= <zoe@people.example>": "Zoé",
    "ann@people.example (Ann Lee)": "Ann Lee",
    "ann@people.example": "ann",
    '"notification@facebookmail.com" <ann@people.example>': "notification@facebookmail.com",
    "Ann": "Ann",
}


@pytest.mark.parametrize(("written", "author"), SENDERS.items())
def test_a_sender_has_a_name(written: str, author: str) -> None:
    """Where there is one; a name that looks like an address is a name."""
    assert one(f"From: {written}\nSubject: Avis\n\nbonjour".encode()).author == author


HOSTILE = {
    "10,000 parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=x\n\n"
    + b"".join(b"--x\nContent-Type: text/plain\n\npart %d\n" % n for n in range(10_000)),
    "parts 200 deep": nested(200),
    "parts 3,000 deep": nested(3_000),
    "mails in mails": b"Content-Type: message/rfc822\nSubject: a\n\n" * 200 + b"\nx",
    "a subject of 3 MB": b"From: a@b.example\nSubject: " + b"=?utf-8?Q?a?= " * 200_000 + b"\n\nx",
    "a sender of brackets": b"From: " + b"(<" * 300_000 + b"\nSubject: s\n\nx",
    "a sender of addresses": b"From: " + b"a@" * 500_000 + b"\nSubject: s\n\nx",
    "100,000 headers": b"Subject: s\n" + b"X: y\n" * 100_000 + b"\nx",
    "markup 600,000 deep": HEAD + b"Content-Type: text/html\n\n" + b"<div>x " * 600_000,
    "70,000 pictures": HEAD + b"Content-Type: text/html\n\n" + b'<img alt="5 stars" src=x>' * 70_000,
    "60,000 hidden parts": HEAD + b"Content-Type: text/html\n\n" + b'<p style="display:none">a</p>' * 60_000,
    "a line of 5 MB": HEAD + b"\n" + b"x" * 4_900_000,
    "lines that nearly quote": b"From: x@facebookmail.com\nSubject: s\n\n" + b'a wrote: "' * 100_000,
    "400,000 lines": b"From: businessprofile-noreply@google.com\nSubject: s\n\nRead review\nname\n" + b"x\n" * 400_000,
    "small print without end": HEAD + b"\n" + (b"view " + b"the " * 80 + b"\n") * 10_000,
    "20,000 links of Google": b"From: googlealerts-noreply@google.com\nSubject: s\nContent-Type: text/html\n\n"
    + b'<tr><td><a href="https://www.google.com/url?url=https://a.example/1">aa</a></td></tr>' * 20_000,
}


@pytest.mark.parametrize("message", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_neither_hangs_nor_breaks(message: bytes) -> None:
    """Entries or a ReadError, in 3 seconds of processor time."""
    began = time.process_time()
    with contextlib.suppress(ReadError):
        assert len(read(message)) <= 1
    assert time.process_time() - began < 3


WRAPPED = {
    "https://www.google.com/url?rct=j&sa=t&url=https://a.example/1%3Fx%3D2&ct=ga": "https://a.example/1?x=2",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F1&h=AT0": "https://a.example/1",
    "https://www.facebook.com/n/?permalink.php&story_fbid=1&id=2&comment_id=3&aref=4&medium=email&bcode=secret": (
        "https://www.facebook.com/permalink.php?story_fbid=1&id=2&comment_id=3"
    ),
    "https://www.facebook.com/nd/?floreal%2Fposts%2F9&comment_id=3&n_m=me%40x": (
        "https://www.facebook.com/floreal/posts/9?comment_id=3"
    ),
    "https://www.linkedin.com/comm/feed/update/urn:li:activity:73?midToken=A&trk=eml": (
        "https://www.linkedin.com/feed/update/urn:li:activity:73"
    ),
    "https://www.instagram.com/p/Cq/?utm_source=email&uid=secret": "https://www.instagram.com/p/Cq/",
    "https://x.r.eu-west-1.awstrack.me/L0/https:%2F%2Fa.example%2Fpage%3Fb=1/1/0102/sig=1": "https://a.example/page?b=1",
    "https://substack.com/redirect/2/eyJlIjoiaHR0cHM6Ly9hLmV4YW1wbGUvcCJ9.sig": "https://a.example/p",
    "https://click.mail.example/c/aHR0cHM6Ly9hLmV4YW1wbGUvcGFnZQ": "https://a.example/page",
    "https://a.example/eyJub3QgYW4gb2JqZWN0": "https://a.example/eyJub3QgYW4gb2JqZWN0",
    "https://a.example/page": "https://a.example/page",
    "javascript:alert(1)": "",
    "https://[": "",
    "": "",
}


@pytest.mark.parametrize(("link", "leads"), WRAPPED.items())
def test_a_link_is_opened_and_tells_nobody_who_followed_it(link: str, leads: str) -> None:
    """What it holds in clear or in base64; tokens of the reader go."""
    assert links.opened(link) == leads


RATINGS = {
    "you got a new 2-star review": 2,
    "Rated 3 out of 5": 3,
    "1 of 5 bubbles": 1,
    "Note : 4 sur 5": 4,
    "5/5": 5,
    "un avis une étoile": 1,
    "★★☆☆☆": 2,
    "⭐⭐⭐": 3,
    "https://cdn.trustpilot.net/stars/stars-4.png": 4,
    "4.6 stars": None,
    "12/5": None,
    "5/52": None,
    "stars": None,
    "": None,
}


@pytest.mark.parametrize(("written", "rating"), RATINGS.items())
def test_stars_are_read_in_words_and_signs(written: str, rating: float | None) -> None:
    """One to five, whole."""
    assert stars((written,)) == rating


COMMANDS = (
    ("Re: alerte", "ack F-4821 je prends"),
    ("Re: alerte", "ACK FL-12\n\nLe ven. 12 févr. 2027, veille <v@x.example> a écrit :\n> Floréal"),
    ("ack FL-12", "-- \nEnvoyé de mon téléphone"),
)


@pytest.mark.parametrize(("subject", "text"), COMMANDS)
def test_a_command_about_a_story_is_left_out(subject: str, text: str) -> None:
    """For those who take commands by mail."""
    assert read(mail(subject, text)) == ()


@pytest.mark.parametrize(
    "more",
    [
        {"X_Veille": "alert; host=srv"},
        {"Auto_Submitted": "auto-replied"},
        {"In_Reply_To": "<floreal.FL-12@veille.example>"},
    ],
    ids=["ours", "an absence", "an answer to ours"],
)
def test_mails_of_our_own_making_are_left_out(more: dict[str, str]) -> None:
    """What they bring about too."""
    assert read(mail("Floréal", "Floréal est en hausse", **more)) == ()


def test_a_notice_that_comes_back_undelivered_is_left_out() -> None:
    """A report that carries the mail."""
    body = b"Content-Type: multipart/report; boundary=x\n\n--x\n\nnon\n--x\nContent-Type: message/rfc822\n\n"
    assert read(HEAD + body + b"X-Veille: alert\nSubject: Floreal\n\nFloreal\n--x--\n") == ()


def test_a_story_told_in_a_mail_is_no_command() -> None:
    """A code somewhere in the text, a word of the list somewhere else."""
    assert one(mail("Vol", "Le vol AF-1234 est ok, merci Floréal")).text == "Le vol AF-1234 est ok, merci Floréal"


SMALL_PRINT = (
    "Voir cet e-mail dans votre navigateur",
    "View this email in your browser",
    "Se désabonner",
    "Unsubscribe | Manage preferences",
    "Vous recevez cette lettre parce que vous êtes inscrit",
    "© 2027 Fleuristes, tous droits réservés",
    "Sent from my iPhone",
    "https://lettre.example/unsubscribe?u=9",
)


@pytest.mark.parametrize("line", SMALL_PRINT)
def test_small_print_is_no_text(line: str) -> None:
    """At the end of a mail or at its head."""
    assert (
        one(mail("Lettre", f"{line}\nFloréal déçoit.\nEncore une fois.\n{line}")).text
        == "Floréal déçoit.\nEncore une fois."
    )


KEPT = (
    "Voir le service client de Floréal, une blague !",
    "Je me désabonne de Floréal, et vous devriez aussi",
    "Je partage : Floréal ne répond pas",
    "Un ami m'a écrit : Floréal est fermé",
)


@pytest.mark.parametrize("line", KEPT)
def test_words_that_only_look_like_small_print_stay(line: str) -> None:
    """A whole sentence is no button."""
    assert one(mail("Avis", f"Bonjour.\n{line}\nMerci.")).text == f"Bonjour.\n{line}\nMerci."
    told = one(mail("Ann Lee a commenté votre publication.", f"Ann Lee a écrit : « {line} »", sender=FACEBOOK))
    assert told.text == line


def test_a_comment_with_the_words_of_a_heading_stays() -> None:
    """A sentence such as the notices have, said by a person."""
    said = ("Ann Lee a commenté votre publication.", "Ma sœur a commenté chez vous et fut bloquée")
    html = "".join(f'<span class="mb_text">{line}</span>' for line in said)
    assert one(mail("Ann Lee a commenté votre publication.", html=html, sender=FACEBOOK)).text == (
        "Ma sœur a commenté chez vous et fut bloquée"
    )


def test_a_comment_that_only_sounds_like_a_notice_stays() -> None:
    """Even where no heading stands above it."""
    text = "Ma sœur a commenté chez vous et fut bloquée"
    entry = one(mail("Ann Lee a commenté votre publication.", text, sender=FACEBOOK))
    assert (entry.author, entry.text) == ("Ann Lee", text)


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        (FACEBOOK, "Claire Roux aime votre publication"),
        (FACEBOOK, "Tom Hill likes your post"),
        (FACEBOOK, "123456 est votre code de connexion"),
        ("Instagram <no-reply@mail.instagram.com>", "claire_r a commencé à vous suivre"),
        (GOOGLE, "Vérifiez votre établissement"),
        ("LinkedIn <jobs-noreply@linkedin.com>", "3 nouveaux emplois pour vous"),
        ("Trustpilot <noreply@trustpilotmail.com>", "How many stars would you give Floréal?"),
    ],
)
def test_a_notice_that_publishes_nothing_is_left_out(sender: str, subject: str) -> None:
    """Likes, codes, invitations."""
    assert read(mail(subject, "Floréal, quelque chose s'est passé", sender=sender)) == ()


@pytest.mark.parametrize(
    ("subject", "rating"),
    [
        ("Marc Petit ne recommande pas Floréal", 1),
        ("Marc Petit recommande Floréal", 5),
        ("Marc Petit doesn't recommend Floréal", 1),
        ("Marc Petit recommends Floréal.", 5),
        ("Marc Petit reviewed Floréal - 3 star", 3),
    ],
)
def test_a_recommendation_is_a_rating(subject: str, rating: float) -> None:
    """As through the page's own connector."""
    entry = one(mail(subject, "« Bien. »\nhttps://www.facebook.com/floreal/reviews", sender=FACEBOOK))
    assert (entry.author, entry.rating, entry.text) == ("Marc Petit", rating, "Bien.")


def test_comments_under_one_post_have_addresses_of_their_own() -> None:
    """Two entries of one address would be copies of each other."""
    link = "https://www.instagram.com/p/Cq/"
    told = [
        one(
            mail(
                f'{who} commented: "No answer at all"',
                f"See comment\n{link}",
                sender="Instagram <a@mail.instagram.com>",
            )
        )
        for who in ("ann", "bob")
    ]
    assert told[0].link != told[1].link
    assert all(re.fullmatch(rf"{link}#r\d{{6,}}", entry.link) for entry in told)


def test_a_mail_of_several_reviews_is_several_entries() -> None:
    """A line of stars tells where each stands."""
    rows = "".join(
        f"<tr><td>{who}</td></tr><tr><td><img alt='{n} stars' src=x></td></tr><tr><td>{text}</td></tr>"
        "<tr><td><a href='https://business.google.com/n/1/reviews'>Reply</a></td></tr>"
        for who, n, text in (("Ann Lee", 2, "Late."), ("Bob Ray", 5, "Great!"))
    )
    entries = read(mail("Floréal, you got 2 new reviews", html=f"<table>{rows}</table>", sender=GOOGLE))
    assert [(e.author, e.rating, e.text) for e in entries] == [("Ann Lee", 2, "Late."), ("Bob Ray", 5, "Great!")]
    assert len({e.link for e in entries}) == len({e.key for e in entries}) == 2


def test_the_mails_of_a_digest_are_read_each() -> None:
    """A list that sends its mails together."""
    parts = b"".join(
        b"--x\nContent-Type: message/rfc822\n\nFrom: a%d@b.example\nSubject: s%d\n\nbonjour\n" % (n, n) for n in (1, 2)
    )
    entries = read(HEAD + b"Content-Type: multipart/digest; boundary=x\n\n" + parts + b"--x--\n")
    assert [entry.title for entry in entries] == ["s1", "s2"]
    assert len({entry.key for entry in entries}) == 2


def test_a_sender_is_known_by_its_domain_alone() -> None:
    """Not by what its name says, nor by a domain that begins like it."""
    assert senders.of("x@priority.facebookmail.com") is senders.of("notification@facebookmail.com")
    assert senders.of("a@facebookmail.com.evil.example") is None
    assert senders.of("a@notfacebookmail.com") is None
    assert senders.of("payments-noreply@google.com") is None


@pytest.mark.parametrize("sender", senders.senders(), ids=lambda sender: sender.name)
def test_the_data_of_each_sender_can_be_used(sender: senders.Sender) -> None:
    """Selectors are selectors."""
    shapes = [
        value for shape in sender.lists for value in (shape.item, shape.title, shape.text, shape.link, shape.author)
    ]
    for selector in (*shapes, *sender.texts, *sender.titles, *sender.authors):
        assert selector in ("", ".") or markup.wrong(selector) == ""
    assert sender.subjects


NOTICES = (
    ("facebookmail.com", "Claire Roux a commenté votre publication.", "Claire Roux"),
    ("facebookmail.com", "Claire Roux et 3 autres personnes ont commenté votre publication", "Claire Roux"),
    ("facebookmail.com", "Jean-Paul d'Arc a répondu à votre commentaire", "Jean-Paul d'Arc"),
    ("facebookmail.com", "Claire Roux a publié sur le journal de Floréal", "Claire Roux"),
    ("facebookmail.com", "Claire Roux vous a identifié dans une publication", "Claire Roux"),
    ("facebookmail.com", "Claire Roux vient de publier sur votre Page", "Claire Roux"),
    ("facebookmail.com", "Claire Roux a laissé un avis sur Floréal", "Claire Roux"),
    ("facebookmail.com", "Tom Hill posted on Floréal's timeline.", "Tom Hill"),
    ("facebookmail.com", "Tom Hill also commented on Floréal's post.", "Tom Hill"),
    ("facebookmail.com", "Tom Hill mentioned Floréal in a comment", "Tom Hill"),
    ("facebookmail.com", "Tom Hill and 2 others replied to your comment", "Tom Hill"),
    ("mail.instagram.com", "claire_r a commenté votre photo", "claire_r"),
    ("mail.instagram.com", "claire.r vous a identifié(e) dans une publication", "claire.r"),
    ("mail.instagram.com", "tomhill (Tom Hill) mentioned you in a comment", "tomhill"),
    ("businessprofile-noreply@google.com", "Sarah left a review for Floréal", "Sarah"),
    ("businessprofile-noreply@google.com", "Julien Faure a laissé un avis sur Floréal", "Julien Faure"),
    ("trustpilot.com", "Emma Stone left a 1-star review", "Emma Stone"),
    ("trustpilot.com", "New 2-star review from Tom Hill", "Tom Hill"),
    ("trustpilot.com", "Hugo Blanc a laissé un avis 2 étoiles sur Floréal", "Hugo Blanc"),
    ("trustpilot.com", "Nouvel avis 1 étoile de Hugo Blanc", "Hugo Blanc"),
    ("tripadvisor.fr", "lucie75 a écrit un avis sur Le Jardin de Floréal", "lucie75"),
    ("tripadvisor.com", "New review of Floréal Garden on Tripadvisor", ""),
    ("linkedin.com", "Paul Mercier a mentionné Floréal dans un commentaire", "Paul Mercier"),
    ("linkedin.com", "Anna Berg commented on your post", "Anna Berg"),
    ("linkedin.com", "Anna Berg just posted: Floréal lays off 40 people", "Anna Berg"),
)


@pytest.mark.parametrize(("sender", "subject", "author"), NOTICES, ids=[subject for _, subject, _ in NOTICES])
def test_a_notice_names_who_wrote(sender: str, subject: str, author: str) -> None:
    """In French and in English, whatever it tells of."""
    address = sender if "@" in sender else f"no-reply@{sender}"
    entry = one(mail(subject, "Toujours rien reçu de Floréal.", sender=f"Service <{address}>"))
    assert entry.author == author
    assert "Toujours rien reçu de Floréal." in entry.text or subject.endswith(entry.text)


def test_a_name_cut_in_the_subject_is_whole_in_the_entry() -> None:
    """Google gives first names in subjects."""
    head = "Floréal, you got a new 1-star review\n\nRead review\n<https://g.example/x>"
    text = f"{head}\n\nAnn Lee\n\nLate.\n\nReply to review"
    entry = one(mail("Ann left a review for Floréal", text, sender=GOOGLE))
    assert (entry.author, entry.text, entry.rating) == ("Ann Lee", "Late.", 1)
