"""One sentence for each signal of urgency, and a few words for those that can stand in a headline."""

from __future__ import annotations

from collections.abc import Iterable

from veille.model.mention import Signal, Urgency
from veille.rendering.author import author_sentence
from veille.rendering.catalogue import later
from veille.rendering.customer import in_mourning
from veille.rendering.voice import Voice, shown

_EVIDENCE_SHOWN = 60
#: A headline holds two things on a phone.
_HEADLINE = 2

SENTENCES = {
    # families of crisis words
    "danger": later("Someone's health or safety would be at stake"),
    "mourning": later("Mourning is mentioned"),
    "violence": later("Violence is mentioned"),
    "data_leak": later("Personal data would have leaked"),
    "discrimination": later("Discrimination is alleged"),
    "harassment": later("Harassment is alleged"),
    "press_enquiry": later("A journalist would be looking for accounts"),
    "minors": later("A child would be concerned"),
    "stranded": later("Someone would be left without help, or before a day that will not wait"),
    "whistle_blowing": later("Someone would speak from inside"),
    "fraud": later("Fraud or theft is alleged"),
    "law": later("The law, a complaint or a lawyer is mentioned"),
    "censorship": later("Messages would have been removed or blocked"),
    "boycott": later("A scandal or a boycott is spoken of"),
    "outage": later("The service would not work"),
    "undelivered": later("An order would not have arrived"),
    "unpaid": later("Money would be owed and not paid"),
    "unreachable": later("Nobody would answer the customer"),
    "denial": later("The client is contradicted"),
    # what else the words say
    "problem": later("A problem is described"),
    "first_hand": later("Someone would tell it first hand"),
    "vulnerable": later("Someone vulnerable would be concerned"),
    "anger": later("The tone is angry"),
    "intensity": later("The words are strong"),
    "irony": later("The tone is ironic"),
    "question": later("It is a question"),
    "request": later("It is a request"),
    "idea": later("It is an idea"),
    "buying": later("Someone would like to buy"),
    "low_rating": later("A very low rating"),
    "high_rating": later("A high rating"),
    "praise": later("It is praise"),
    "negated": later("An alarming word, but denied"),
    "solved": later("The matter would be settled"),
    "past": later("It would be long past"),
    "hypothetical": later("It is only imagined"),
    "others": later("It would be about others"),
    "joke": later("It would be a joke"),
    "advert": later("It reads like an offer"),
    "contest": later("It reads like a contest entry"),
    "job": later("It reads like a job application"),
    "slight": later("The author calls it slight"),
    "fiction": later("An alarming word, but about a work of fiction"),
    # where, and about whom
    "national_press": later("National press"),
    "press": later("Press"),
    "own_page": later("Said on the client's own page"),
    "forum": later("On a forum"),
    "review": later("On a review site"),
    "blog": later("On a blog"),
    "social": later("On a social network"),
    "names_product": later("Names a product"),
    "names_person": later("Names someone of the client's"),
    "own_statement": later("Published by the client itself"),
    "learnt": later("Reads like messages that had to be answered the same day"),
    "ordinary": later("Reads like an everyday message"),
    "marked_urgent": later("Like messages that you marked urgent"),
    "marked_calm": later("Like messages that you marked calm"),
    "earlier_posts": later("Its author has complained before"),
    # what stands beside them in the story
    "another_family": later("Several alarming subjects at once"),
    "second_author": later("A second author"),
    "disappeared": later("Several messages are no longer visible, while their site answers"),
    "second_site": later("A second site"),
    "spreads_fast": later("It spreads fast: new sites and authors within the hour"),
}

#: What the learnt weights add or take is said when it changes something.
_LEARNT, _FAINT = frozenset({"learnt", "ordinary"}), 12
#: They repeat what the line of the author and the site, or the reason, already says.
_UNSAID = frozenset({"forum", "review", "blog", "social", "press", "national_press"})

#: In order of weight in a headline, the most telling first.
HEADLINES = {
    "danger": later("safety at stake"),
    "violence": later("violence"),
    "data_leak": later("data leak"),
    "mourning": later("mourning"),
    "discrimination": later("discrimination"),
    "harassment": later("harassment"),
    "minors": later("a child concerned"),
    "whistle_blowing": later("an insider speaks"),
    "fraud": later("fraud alleged"),
    "press_enquiry": later("a journalist is asking"),
    "boycott": later("scandal or boycott"),
    "censorship": later("removal alleged"),
    "denial": later("the client is contradicted"),
    "law": later("legal threat"),
    "undelivered": later("order not delivered"),
    "stranded": later("someone without help"),
    "unreachable": later("nobody answers"),
    "outage": later("service down"),
    "unpaid": later("not paid"),
    "low_rating": later("very low rating"),
    "anger": later("anger"),
}


def signal_sentence(voice: Voice, signal: Signal) -> str:
    """Say one signal with its evidence; a name without a sentence is shown as it is."""
    if signal.name == "earlier_posts":
        return author_sentence(voice, signal.evidence)
    known = SENTENCES.get(signal.name)
    said = voice.say(known) if known else shown(signal.name.replace("_", " "), _EVIDENCE_SHOWN)
    evidence = shown(signal.evidence, _EVIDENCE_SHOWN)
    return voice.labelled(said, voice.quote(evidence)) if evidence else said


def signal_sentences(voice: Voice, urgency: Urgency) -> tuple[str, ...]:
    """Say every signal but the place, the heaviest first."""
    faint = [s for s in urgency.signals if s.name in _LEARNT and abs(s.points) < _FAINT]
    told = [signal for signal in urgency.signals if signal.name not in _UNSAID and signal not in faint]
    ordered = sorted(told, key=lambda signal: -abs(signal.points))
    return tuple(signal_sentence(voice, signal) for signal in ordered)


def beside_sentences(voice: Voice, names: Iterable[str], urgency: Urgency) -> tuple[str, ...]:
    """Say what else decided: the named signals that this mention does not hold itself."""
    own = {signal.name for signal in urgency.signals}
    return tuple(voice.say(SENTENCES[name]) for name in names if name in SENTENCES and name not in own)


def headline(voice: Voice, urgency: Urgency) -> str:
    """Say in a few words what is the matter ("" when no signal can stand alone)."""
    return ", ".join(headline_words(voice, urgency))


def headline_words(voice: Voice, urgency: Urgency, *, who: str | None = None, alone: bool = False) -> list[str]:
    """Return the same as a list. `who` is the gender of a customer who is in mourning (None: nobody is said to be).

    `alone`: something else follows the first words, which then say one thing only.
    """
    present = {signal.name for signal in urgency.signals if signal.points > 0}
    names = [name for name in HEADLINES if name in present]
    if who is None or "mourning" not in names:
        return [voice.say(HEADLINES[name]) for name in names[:_HEADLINE]]
    undelivered = "undelivered" in names and not alone
    rest = [name for name in names if name != "mourning" and not (undelivered and name == "undelivered")]
    mourning = in_mourning(voice, who, undelivered=undelivered)
    return [mourning, *(voice.say(HEADLINES[name]) for name in rest)][:_HEADLINE]
