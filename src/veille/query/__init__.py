"""The query language: reading it, explaining it, warning about it, and matching thousands of queries at once."""

from veille.query.explain import explain
from veille.query.lists import shipped
from veille.query.matcher import Matcher
from veille.query.parser import parse
from veille.query.syntax import Query
from veille.query.warnings import QueryWarning, duplicates, warnings

__all__ = ["Matcher", "Query", "QueryWarning", "duplicates", "explain", "parse", "shipped", "warnings"]
