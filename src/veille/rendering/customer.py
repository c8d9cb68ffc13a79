"""Who speaks, in a word that agrees with them: a customer, a journalist; with a form for those nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from veille.model.mention import Mention
from veille.rendering.catalogue import later
from veille.rendering.voice import Voice, capital, shown
from veille.text.fold import fold

#: First names that are a woman's, or a man's, to nearly every French reader; those of both are left out. Written here.
_WOMEN = """adele agathe agnes alice alix amandine amelie anais anne audrey aurelie beatrice brigitte camille carole
caroline catherine cecile celine chantal charlotte chloe christelle christine claire clara clemence corinne delphine
diane dominique elise elodie emilie emma estelle eva fanny florence francoise genevieve helene ines isabelle
jacqueline jeanne jennifer jessica julia julie juliette karine laetitia laura lea lena louise lucie madeleine manon
margaux marguerite maria marianne marie marine marion martine mathilde melanie monique morgane muriel myriam nadia
nadine nathalie nicole nina noemie nora pauline sabrina sandra sandrine sarah sofia solene sophie stephanie sylvie
valerie veronique virginie yasmine zoe"""
_MEN = """adam adrien alain alexandre andre antoine arnaud arthur aurelien baptiste benjamin benoit bernard bertrand
bruno cedric charles christian christophe clement damien daniel david denis didier edouard emmanuel eric etienne
fabien fabrice florian francois frederic gabriel gerard gilles gregory guillaume guy hugo jacques jean jeremy jerome
joel jonathan julien kevin laurent loic louis luc lucas marc martin mathieu mathis matthieu maxime michel mohamed
nicolas noah olivier pascal patrice patrick paul philippe pierre quentin raphael remi robert romain samuel sebastien
serge simon stephane theo thibault thierry thomas tom valentin victor vincent xavier yann yves"""
_BOTH = frozenset({"camille", "dominique"})
_GENDERS = dict.fromkeys(_WOMEN.split(), "f") | dict.fromkeys(_MEN.split(), "m")

#: How others speak of the person, folded.
_SAID_F = re.compile(r"\b(?:une|la|cette|d'une) (?:cliente|dame|femme|maman|abonnee|passagere|patiente)\b|\bmadame\b")
_SAID_M = re.compile(r"\b(?:ce|d'un|le) (?:monsieur|homme|papa)\b")

_NAME = re.compile(r"[^\W\d_]+")

_MOURNING = {
    "f": later("a customer (woman) in mourning"),
    "m": later("a customer (man) in mourning"),
    "": later("a customer in mourning"),
}
_MOURNING_UNDELIVERED = {
    "f": later("a customer (woman) in mourning, not delivered"),
    "m": later("a customer (man) in mourning, not delivered"),
    "": later("a customer in mourning, not delivered"),
}
_DENIES = {
    "f": later("the customer (woman) denies the statement of {clock}"),
    "m": later("the customer (man) denies the statement of {clock}"),
    "": later("the customer denies the statement of {clock}"),
}
_DENIES_SHORT = {
    "f": later("the customer (woman) DENIES your statement of {clock}"),
    "m": later("the customer (man) DENIES your statement of {clock}"),
    "": later("the customer DENIES your statement of {clock}"),
}
_UNHAPPY = {
    "f": later("the customer (woman) is back, unhappy, after the answer of {clock}"),
    "m": later("the customer (man) is back, unhappy, after the answer of {clock}"),
    "": later("the customer is back, unhappy, after the answer of {clock}"),
}
_JOURNALIST = {
    "f": later("a journalist (woman) {paper} is looking for {whom}"),
    "m": later("a journalist (man) {paper} is looking for {whom}"),
    "": later("a journalist {paper} is looking for {whom}"),
}
_WITNESSES = {
    "undelivered": later("customers who got no delivery"),
    "unpaid": later("customers who were not paid back"),
    "fraud": later("customers who feel cheated"),
    "danger": later("victims"),
    "violence": later("victims"),
    "harassment": later("victims"),
}

#: After a word for the work of the press, and a word for whom it is: the name of a paper.
_PAPER = re.compile(
    r"(?i:article|enquête|reportage|sujet|papier|documentaire|journaliste|story|piece|journalist|reporter)\b"
    r"[^.!?\n]{0,40}?\b(?:pour|au|à|du|de|chez|for|at|with)\s+"
    r"((?:(?:[Ll]e|[Ll]a|[Ll]es|The)\s+|[Ll]['’])?[A-ZÀ-Ý][\w'’&-]*(?:\s+[A-ZÀ-Ý][\w'’&-]*){0,3})"
)
_PAPER_SHOWN = 40


def gender(author: str, others: Iterable[Mention] = ()) -> str:
    """ "f" or "m" by how others name the person, else by the first name; "" when neither tells."""
    said = " ".join(fold(m.text[:500]) for m in others if m.author != author and not m.own)
    women, men = len(_SAID_F.findall(said)), len(_SAID_M.findall(said))
    if women != men:
        return "f" if women > men else "m"
    first = next(iter(_NAME.findall(fold(author))), "")
    return "" if first in _BOTH else _GENDERS.get(first, "")


def in_mourning(voice: Voice, who: str, *, undelivered: bool) -> str:
    """Say that a customer is in mourning: "cliente en deuil", "cliente en deuil non livrée"."""
    return voice.say((_MOURNING_UNDELIVERED if undelivered else _MOURNING)[who])


def denies(voice: Voice, who: str, clock: str) -> str:
    """Say that the customer denies a statement: "la cliente dément le statut de 13 h 30"."""
    return voice.say(_DENIES[who], clock=clock)


def denies_short(voice: Voice, who: str, clock: str) -> str:
    """Say the same on a telephone: "la cliente DÉMENT votre statut de 13:30"."""
    return voice.say(_DENIES_SHORT[who], clock=clock)


def is_back(voice: Voice, who: str, clock: str) -> str:
    """Say that the customer is back, unhappy: "la cliente revient mécontente après la réponse de 13:30"."""
    return voice.say(_UNHAPPY[who], clock=clock)


def enquires(voice: Voice, mention: Mention, *, client: str) -> str:
    """Say that a journalist is at work: "un(e) journaliste du Grand Quotidien cherche des clients non livrés"."""
    names = [signal.name for signal in mention.urgency.signals if signal.points > 0]
    whom = next((_WITNESSES[name] for name in names if name in _WITNESSES), later("witnesses"))
    paper = paper_of(f"{mention.title} {mention.text}", but=client)
    said = voice.say(
        _JOURNALIST[gender(mention.author)], paper=_of(voice, paper) if paper else "", whom=voice.say(whom)
    )
    return said.replace("  ", " ")


def paper_of(text: str, *, but: str = "") -> str:
    """The paper that someone says to work for, as written ("" = none is named); never the client itself."""
    found = _PAPER.search(text)
    paper = shown(found[1], _PAPER_SHOWN) if found else ""
    return "" if fold(paper) == fold(but) else capital(paper)


def _of(voice: Voice, paper: str) -> str:
    """Say "of" before a name: French contracts "de Le" and "de Les"."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if voice.language == "fr" and paper.startswith(article):
            return contracted + paper.removeprefix(article)
    elided = voice.language == "fr" and fold(paper)[:1] in "aeiouh"
    return f"d'{paper}" if elided else voice.say("of {paper}", paper=paper)
