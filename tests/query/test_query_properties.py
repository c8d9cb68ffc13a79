"""What holds for every text and query: folding, printing, spans, and agreement with a slow matcher."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from query_reference import holds

from veille.errors import QueryError
from veille.model.entry import Entry
from veille.query import Matcher, Query, parse
from veille.query.syntax import And, Exact, Near, Node, Not, Or, Phrase, Scope, Typo, Wildcard, Word, walk
from veille.query.typos import Slips, SlipTable, key_of
from veille.text.fold import fold, fold_with_map, words

QUICK = settings(deadline=None, max_examples=30)

WORDS = ["orange", "Orange", "ORANGE", "orangé", "oranje", "sfr", "best", "Western", "bestwestern", "c", "a", "s"]
WORDS += ["œuf", "BestWestern", "best_western", "oeufs", "remboursé", "re\u0301mi", "ora\u200bnge"]
GLUE = [" ", " ", " ", "-", "’", "'", "\u00a0", ", ", ". ", " #", " @", "&", " & ", "\n", "–", "_", ""]


@st.composite
def texts(draw) -> str:
    pieces = draw(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=9))
    return "".join(word + glue for word, glue in pieces)


TERMS = st.one_of(
    st.sampled_from(
        [Word("orange"), Word("SFR"), Word("c&a"), Word("best-western"), Word("œuf"), Word("a"), Word("s")]
    ),
    st.sampled_from([Phrase("best western"), Phrase("orange sfr"), Phrase("a a"), Phrase("best western best")]),
    st.sampled_from([Exact("Orange"), Exact("orange"), Exact("Best Western"), Exact("rémi")]),
    st.sampled_from([Wildcard("oran*"), Wildcard("*stern"), Wildcard("or?nge"), Wildcard("o*an*e"), Wildcard("?ufs")]),
    st.sampled_from([Typo("orange", 1), Typo("western", 2), Typo("rembourse", 1)]),
)


def _or(parts: list[Node]) -> Or:
    return Or(tuple(leaf for part in parts for leaf in (part.parts if isinstance(part, Or) else (part,))))


def _and(parts: list[Node]) -> And:
    return And(tuple(leaf for part in parts for leaf in (part.parts if isinstance(part, And) else (part,))))


OPERANDS = st.one_of(TERMS, st.lists(TERMS, min_size=2, max_size=3).map(_or))
NEARS = st.builds(Near, OPERANDS, OPERANDS, st.integers(1, 4), st.booleans())
NEARS = st.one_of(NEARS, st.builds(Near, NEARS, OPERANDS, st.integers(1, 4), st.booleans()))
FLAT = st.one_of(TERMS, NEARS)
SCOPED = st.builds(
    Scope, st.sampled_from(["title", "text"]), st.one_of(FLAT, st.lists(FLAT, min_size=2, max_size=2).map(_or))
)
PLAIN = st.one_of(FLAT, SCOPED)


def _with_not(parts: tuple[Node, Node]) -> And:
    return And((*(parts[0].parts if isinstance(parts[0], And) else (parts[0],)), Not(parts[1])))


NODES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(_and),
        st.lists(inner, min_size=2, max_size=3).map(_or),
        st.tuples(inner, inner).map(_with_not),
    ),
    max_leaves=5,
)


@QUICK
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@QUICK
@given(st.text())
def test_composed_and_decomposed_fold_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@QUICK
@given(st.text(), st.text())
def test_folding_pieces_is_folding_the_whole(left, right):
    assert fold(left) + fold(right) == fold(left + right)


@QUICK
@given(st.text(alphabet="aéŒß&;#x2 m\u200b\u0301'’-LDC", max_size=40))
def test_every_folded_character_knows_its_place(text):
    folded = fold_with_map(text)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.offsets, folded.ends, strict=True))
    for place, sign in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert sign in fold_with_map(text[start:end]).text


@QUICK
@given(NODES)
def test_what_is_printed_reads_back_the_same(node):
    assert parse(str(Query(node))) == Query(node)


@settings(deadline=None, max_examples=60)
@given(NODES, texts(), texts())
def test_the_fast_matcher_agrees_with_the_slow_one(node, title, text):
    entry = Entry(key="1", title=title, text=text)
    found = Matcher({1: Query(node)}).match(entry).get(1)
    expected = holds(node, entry)
    assert (found is None) == (expected is None)
    if found is not None and not any(isinstance(part, Near) for part in walk(node)):
        assert {(span.field, span.start, span.end, span.term) for span in found} == expected


@QUICK
@given(st.lists(NODES, min_size=2, max_size=6), texts(), texts())
def test_queries_together_answer_as_each_alone(nodes, title, text):
    entry = Entry(key="1", title=title, text=text)
    together = Matcher(dict(enumerate(map(Query, nodes)))).match(entry)
    alone = {number: Matcher({0: Query(node)}).match(entry) for number, node in enumerate(nodes)}
    assert together == {number: found[0] for number, found in alone.items() if found}


@QUICK
@given(TERMS, texts())
def test_spans_point_to_text_that_folds_to_the_term(term, text):
    for span in Matcher({1: Query(term)}).match(Entry(key="1", text=text)).get(1, ()):
        shown = words(text[span.start : span.end])
        if isinstance(term, Word | Phrase | Exact):
            assert "".join(shown).replace("_", "") == "".join(words(span.term))
        else:
            assert len(shown) == 1


LETTERS = st.text(alphabet="abé", min_size=4, max_size=12)


@QUICK
@given(st.lists(st.tuples(LETTERS, st.integers(1, 2)), min_size=1, max_size=6), st.lists(LETTERS, max_size=8))
def test_the_deletion_table_finds_what_measuring_every_pair_finds(terms, written):
    slips = {Slips(fold(term), distance) for term, distance in terms}
    found = SlipTable(slips).present(map(fold, written))
    assert found == {key_of(slip) for slip in slips if any(slip.fits(fold(word)) for word in written)}


@QUICK
@given(PLAIN, PLAIN, texts())
def test_and_is_both_and_or_is_either(left, right, text):
    entry = Entry(key="1", text=text)
    queries = {"l": Query(left), "r": Query(right), "and": Query(_and([left, right])), "or": Query(_or([left, right]))}
    found = Matcher(queries).match(entry).keys()
    assert ("and" in found) == ("l" in found and "r" in found)
    assert ("or" in found) == ("l" in found or "r" in found)


@settings(deadline=None, max_examples=80)
@given(st.text(alphabet="ab *?~\"'{}()-:$/#&ANDORET1«»éNEAR", max_size=30))
def test_any_text_is_a_query_or_a_complaint(text):
    try:
        query = parse(text)
    except QueryError as error:
        refusal = error
    else:
        assert parse(str(query)) == query
        return
    assert 0 <= refusal.column <= len(text)
    assert refusal.suggestion
