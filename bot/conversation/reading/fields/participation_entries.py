"""Entries of earlier participations: the kind, year, way and outcome of each that is told."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from bot.conversation.reading.clauses import clauses
from bot.conversation.reading.words.patterns import Patterns
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

FIRST_YEAR = 1967
"""The first youth mobility arrangements of Canada; no participation can be older."""

CATEGORY = Patterns(
    working_holiday="""
        working holiday
        whv|wh|pvt
    """,
    young_professionals="""
        young professional
        yp|jp
    """,
    international_coop="""
        coop
        international coop
        iec internship
    """,
)
_THROUGH_RO = Patterns(
    yes="""
        through|with|via|by|using|used|under a|an|the|my|another|some|same|your|DEM* ~? ~? \
            ro_name|ro|organization
        help|support of a|an|the|my ~? ro|organization
        through|with|via go international
        as an? ro
        through|with|via you|yous|u|yourselves|ye|yall
        ro_name
        ro working|young|participation
        you|organization|ro ~* helped|helping|arranged|organised|organized|sponsored|sorted|\
            handled|did|placed
        you|organization|ro before? you? have|got me|my|us
    """,
    no="""
        no|not|without|never through|with|via|by|using|a|an|any|the|some* ~? ~? \
            ro|ro_name|organization|agency|intermediary|middleman
        ^|,|did|done|arranged|organised|organized|applied|handled|sorted|it|that|them|all|\
            everything|NUM|holiday|coop|professional|iec|DATE|and|by|for myself
        direct|directly|solo|independently|independent|unassisted|diy
        on my|our own
        by my own
    """,
)
NO_PERMIT = Patterns(
    unused="""
        never @adverb* went|activated|used|travelled|got|came|landed|entered|flew|arrived|left|\
            moved|started
        could|can not @adverb* go|activate|use|travel|come|fly
        did not @adverb* go|activate|use|travel|get|come|land|enter|fly|arrive|leave|move|start
        not activated|used
        was|have|been refused|rejected|denied|cancelled|canceled|declined
        only applied
        refused|rejected|denied|withdrew|withdrawn|declined|refusal|refusals|rejection|rejections|\
            unsuccessful|lapsed|binned
        turned|turn|knocked ~* it|me|us|my|the? ~* down
        turned it|me|us|my? iec|application
        went|came nowhere|nothing
        never @adverb* have|had|received|obtained|saw a|an|the|any|my|that? \
            permit|visa|approval|it|invitation|invite|ita
        not have|get|receive a|an|the|any|my? permit|visa|approval|invitation|invite|ita
        not @adverb* successful|approved|granted|issued|selected|drawn|accepted|finish|complete
        no|without permit in|at|this|again|there? the? end? $
        fell through
        failed
        said no
        was|were|been turned down
        never|not gave|give|granted|grant|issued|issue|sent|send|approve|approved it|me|us|one|the
        never @adverb* have @adverb* issued|approved|granted|printed|used|activated
        was supposed to go|come|travel|start|fly|use|do
        never @adverb* finished|finish|completed|complete|approved|issued|granted|happened
    """
)
_ISSUED = Patterns(
    issued="""
        granted|approved|issued|accepted
        gave|sent me|us a|an|the|my|one ~* permit|visa|approval|it
        permit|visa received|arrived|came
    """
)
_DENIES = frozenset("not never no nor without until".split())
_MOST_PARTICIPATIONS = 4
COUNT = {"once": 1, "twice": 2, "thrice": 3}


def entries_told(said: Said, today: date) -> list[dict[str, bool | int | str | None]]:
    """Return one entry for each participation told in `said`, each with its own outcome."""
    categories = _categories(said)
    years = years_named(said, today)
    told = [
        int(word.value)
        for word, after in pairwise(said.words)
        if word.text == "NUM"
        and 1 < word.value <= _MOST_PARTICIPATIONS
        and after.text not in ("year", "month", "week")
    ]
    counts = [COUNT.get(text, 0) for text in said.texts()]
    count = max(len(years), len(categories), 1, *counts, *(() if years else told))
    parts = _parts(said, today) if count > 1 else []
    if not len(parts) == len(years) == count:
        parts = [said] * count
    return [
        {
            "category": _only(_categories(part)) or _nth(categories, i, count),
            "year": years[i] if i < len(years) else None,
            "through_ro": _through(part),
            "permit_issued": _is_issued(part),
        }
        for i, part in enumerate(parts)
    ]


def _parts(said: Said, today: date) -> list[Said]:
    """Return what is told of each year; what comes before the first or of "both" is of all."""
    parts: list[list[Word]] = []
    of_all: list[Word] = []
    for clause in clauses(said):
        years = years_named(clause.said, today)
        if len(years) > 1:
            return []
        if years:
            parts.append([])
        shared = not parts or not _OF_ALL.isdisjoint(clause.words)
        (of_all if shared else parts[-1]).extend(clause.said.words)
    return [Said((*of_all, *part)) for part in parts]


_OF_ALL = frozenset("both neither either all times".split())


def _categories(said: Said) -> list[str]:
    return list(dict.fromkeys(match.rule for match in CATEGORY.find(said.doc)))


def _through(said: Said) -> bool | None:
    through = {match.rule for match in _THROUGH_RO.find(said.doc)}
    return "no" not in through if through else None


def _is_issued(said: Said) -> bool:
    return is_issued(said) or not NO_PERMIT.find(said.doc)


def is_issued(said: Said) -> bool:
    """Tell whether a permit is said to be granted, used or not: "approved, then covid came"."""
    texts = said.texts()
    return any(
        _DENIES.isdisjoint(texts[max(0, match.start - 3) : match.start])
        for match in _ISSUED.find(said.doc)
    )


def _only(categories: list[str]) -> str | None:
    return categories[0] if len(categories) == 1 else None


def _nth(categories: list[str], position: int, count: int) -> str | None:
    if len(categories) == 1:
        return categories[0]
    return categories[position] if len(categories) == count else None


def years_named(said: Said, today: date) -> list[int]:
    """Return the years named, once each; of a span ("2018 to 2019") only the first."""
    years: list[int] = []
    texts = said.texts()
    for position, word in enumerate(said.words):
        year = _year(word.value) if word.text in ("NUM", "DATE") else None
        if texts[position : position + 3] == ["NUM", "year", "ago"]:
            year = today.year - int(word.value)
        if texts[position : position + 3] == ["a", "year", "ago"]:
            year = today.year - 1
        if _says_last_year(texts, position):
            year = today.year - 1
        if year is None or not FIRST_YEAR <= year <= today.year:
            continue
        spans = texts[position - 1] in ("to", "until", "till", "-") and position > 1
        spans = spans or not _ENDED.isdisjoint(texts[max(0, position - 3) : position])
        spans = spans or any(
            before.end + 1 == word.start and before.text == "NUM" and before.value == year - 1
            for before in said.words[:position]
        )
        if not (spans and years) and year not in years:
            years.append(year)
    return years


_ENDED = frozenset("expired expires ended ran until till".split())


def _says_last_year(texts: list[str], position: int) -> bool:
    """Tell whether "last year" stands there, and not "my last year of studies"."""
    if texts[position : position + 2] != ["last", "year"] or texts[position - 1] in _WHOSE:
        return False
    return position + 2 >= len(texts) or texts[position + 2] not in ("of", "at", "in", "student")


_WHOSE = frozenset("my (my) the our first NUM".split())


def _year(value: Any) -> int | None:
    if isinstance(value, float):
        return int(value) if value.is_integer() and 1900 <= value <= 2100 else None
    year = getattr(value, "year", None)
    return year if isinstance(year, int) else None
