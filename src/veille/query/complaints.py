"""Every way a query can be refused: the message and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from veille.errors import QueryError
from veille.query.syntax import FIELDS

#: Code points a query may have. Longer ones are lists: `$name`.
LONGEST_QUERY = 4096
#: Words a phrase may have: a phrase is compared at every place where its first word stands.
LONGEST_PHRASE = 64
#: Parentheses within parentheses; the tree is walked by recursion.
DEEPEST = 40
#: NEAR operators in one chain.
LONGEST_CHAIN = 16

#: What people who come from other tools, or write French, call our fields.
_FIELD_NAMES = {
    "titre": "title", "intitle": "title", "headline": "title", "texte": "text", "content": "text", "body": "text",
    "intext": "text", "auteur": "author", "from": "author", "domain": "site", "domaine": "site", "host": "site",
    "inurl": "url", "lien": "links", "liens": "links", "link": "links", "language": "lang", "langue": "lang",
    "sourcetype": "source", "note": "rating", "stars": "rating", "etoiles": "rating", "abonnes": "followers",
    "hashtag": "tag", "tags": "tag", "sites": "site",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaints:
    """Makes the errors of one query."""

    query: str

    def _error(self, column: int, message: str, suggestion: str = "") -> QueryError:
        return QueryError(message, query=self.query, column=column, suggestion=suggestion)

    def empty(self) -> QueryError:
        """Nothing was written."""
        return self._error(0, "The query is empty.", 'Write a name, for example "Best Western".')

    def too_long(self) -> QueryError:
        """More than LONGEST_QUERY code points."""
        message = f"The query has {len(self.query)} characters; {LONGEST_QUERY} is the most."
        return self._error(LONGEST_QUERY, message, "Put the vocabulary in a list and use it as $name.")

    def unclosed(self, column: int, opening: str, closing: str) -> QueryError:
        """A quote, brace or parenthesis opens and never closes."""
        return self._error(column, f"This {opening} is never closed.", f"Add {closing} where it ends.")

    def unopened(self, column: int, closing: str) -> QueryError:
        """A brace, quote or parenthesis closes nothing."""
        return self._error(column, f"This {closing} closes nothing.", "Remove it, or open it before.")

    def nothing_inside(self, column: int) -> QueryError:
        """Empty quotes, braces or parentheses."""
        return self._error(column, "There is nothing inside.", "Write a word there, or remove the pair.")

    def dangling(self, column: int, operator: str, *, side: str) -> QueryError:
        """An operator lacks what stands before or after it."""
        message = f"{operator} has nothing {side} it."
        return self._error(column, message, f'Add a word, or write "{operator}" in quotes to look for it.')

    def two_operators(self, column: int, operator: str, previous: str) -> QueryError:
        """Two operators follow one another."""
        return self._error(column, f"{operator} cannot follow {previous}.", "Keep one of the two.")

    def lone_dash(self, column: int) -> QueryError:
        """A dash with a blank after it excludes nothing."""
        return self._error(
            column, "This dash excludes nothing.", "Stick it to the word (-promo), or put the name in quotes."
        )

    def near_without_number(self, column: int, operator: str) -> QueryError:
        """NEAR without /n."""
        name = operator.partition("/")[0]
        return self._error(column, f"{name} needs a number of words.", f"Write {name}/5.")

    def near_zero(self, column: int, operator: str) -> QueryError:
        """NEAR/0."""
        name = operator.partition("/")[0]
        return self._error(column, f"{name}/0 leaves no room between the words.", 'Write a phrase ("a b"), or NEAR/1.')

    def near_operand(self, column: int) -> QueryError:
        """NEAR between things that have no place in a text."""
        return self._error(
            column,
            "NEAR stands between words, phrases, or groups of them joined by OR.",
            "Write (a OR b) NEAR/5 c; a field goes around the whole: title:(a NEAR/5 b).",
        )

    def near_chain(self, column: int) -> QueryError:
        """Too many NEAR in a row."""
        return self._error(column, f"More than {LONGEST_CHAIN} NEAR in a row.", "Split the query with AND.")

    def too_deep(self, column: int) -> QueryError:
        """Parentheses nested past DEEPEST."""
        return self._error(column, f"More than {DEEPEST} parentheses within one another.", "Remove some.")

    def only_negates(self, column: int) -> QueryError:
        """Everything would match but a few things."""
        return self._error(column, "This only says what is not wanted.", "Say first what is wanted: LDLC NOT promo.")

    def branch_negates(self, column: int) -> QueryError:
        """One side of an OR would match nearly everything."""
        return self._error(
            column,
            "This branch of the OR only says what is not wanted: it would match nearly everything.",
            "Write (a OR b) NOT c.",
        )

    def unknown_field(self, column: int, name: str) -> QueryError:
        """No such field."""
        plain = name.lower()
        if plain in ("http", "https"):
            return self._error(
                column, "An address is not a word.", "Write links:example.com, url:example.com or site:example.com."
            )
        near = _FIELD_NAMES.get(plain) or _closest(plain, FIELDS)
        known = "Fields: " + " ".join(f"{field}:" for field in FIELDS)
        suggestion = f"Did you mean {near}: ?" if near else f"{known}. To look for the sign, use quotes."
        return self._error(column, f"There is no field {name}:", suggestion)

    def empty_field(self, column: int, name: str) -> QueryError:
        """A field with a blank or nothing after it."""
        return self._error(column, f"{name}: has no value.", f"Write the value right after it: {name}:value.")

    def dash_after_field(self, column: int, name: str) -> QueryError:
        """`title:-promo`."""
        return self._error(column, "The dash goes before the field.", f"Write -{name}:value.")

    def nested_field(self, column: int, name: str) -> QueryError:
        """A field inside the group of another."""
        return self._error(column, f"{name}: stands inside another field.", "Close the group before it.")

    def bad_value(self, column: int, name: str, *, wanted: str) -> QueryError:
        """A value the field cannot have."""
        return self._error(column, f"{name}: cannot be that.", wanted)

    def unknown_list(self, column: int, name: str, known: Iterable[str]) -> QueryError:
        """No list of that name."""
        names = sorted(known)
        near = _closest(name, names)
        suggestion = f"Did you mean ${near} ?" if near else "Lists: " + " ".join(f"${name}" for name in names)
        return self._error(column, f"There is no list ${name}.", suggestion)

    def list_circle(self, column: int, name: str) -> QueryError:
        """A list that uses itself."""
        return self._error(column, f"The list ${name} uses itself.", "Remove one of the two uses.")

    def broken_list(self, column: int, name: str, cause: QueryError) -> QueryError:
        """A list whose own query is refused."""
        return self._error(column, f"The list ${name} is refused: {cause.message}", cause.suggestion)

    def bare_wildcard(self, column: int) -> QueryError:
        """`*` or `?` alone."""
        return self._error(column, "A wildcard alone matches everything.", "Give it letters: rembours*.")

    def short_wildcard(self, column: int, *, least: int) -> QueryError:
        """Too few letters beside the wildcard."""
        sign = "*" if least == 3 else "?"
        return self._error(
            column, f"With {sign} at least {least} letters are needed.", "Add letters, or list the words with OR."
        )

    def typo_on_phrase(self, column: int) -> QueryError:
        """`~` after a phrase, an exact or a compound name."""
        return self._error(column, "~ goes on one plain word.", "Write Trébeurden~1; for words apart: a NEAR/2 b.")

    def typo_distance(self, column: int) -> QueryError:
        """`~` without 1 or 2."""
        return self._error(column, "~ takes 1 or 2.", "Write ~1 for one slip, ~2 for two.")

    def typo_too_short(self, column: int) -> QueryError:
        """`~` on fewer than four letters."""
        return self._error(column, "~ needs a word of four letters or more.", "List the spellings: (LDLC OR LDCL).")

    def exact_sign(self, column: int) -> QueryError:
        """A wildcard or a tilde inside braces."""
        return self._error(column, "Braces want the exact word: no wildcard or ~ inside.", "Write {Orange}.")

    def no_letter(self, column: int, text: str) -> QueryError:
        """Signs without any letter or digit."""
        instead = {"|": "OR", "||": "OR", "&": "AND", "&&": "AND", "!": "NOT", "/": "OR"}.get(text)
        suggestion = f"Did you mean {instead} ?" if instead else "Write at least one letter or digit."
        return self._error(column, f"{text} holds nothing to look for.", suggestion)

    def foreign_sign(self, column: int, word: str) -> QueryError:
        """`+word` or `!word`, from other tools."""
        instead = f"-{word[1:]}" if word.startswith("!") else word[1:]
        return self._error(column, f"{word[0]} means nothing here.", f"Write {instead}.")

    def phrase_too_long(self, column: int) -> QueryError:
        """More than LONGEST_PHRASE words in a row."""
        return self._error(
            column, f"A phrase has at most {LONGEST_PHRASE} words.", "Keep the part that is the least common."
        )

    def unreadable(self, column: int) -> QueryError:
        """What no other complaint explains."""
        return self._error(column, "This cannot be read here.", "Check the operators around it.")


def _closest(name: str, known: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")
