"""Earlier participations told in any order of words: a kind of stay beside a year gone by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.conversation.reading.clauses import About, Clause
from bot.conversation.reading.fact import Fact, fact
from bot.conversation.reading.fields.first_timers import (
    CHOSEN,
    is_a_first,
    is_named,
    names_a_kind,
    says_never,
)
from bot.conversation.reading.fields.participation_entries import (
    CATEGORY,
    NO_PERMIT,
    entries_told,
    is_issued,
    years_named,
)
from bot.conversation.reading.fields.participations import (
    happened_elsewhere,
    is_told_of_others,
    looks_ahead,
)
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.word import Word

_BEFORE = frozenset(
    "did was had has have been went done got took came used completed finished participated last"
    " first previous before already back ago time visited stayed once spent held applied tried"
    " enrolled earlier past former received expired ended issued granted approved gave behind"
    " current".split()
)
_DENIES = frozenset({"never", "not"})
_ONLY_DENIES = _DENIES | frozenset(
    "^ $ i me myself have did done had it that NUM once yet before personally though far so am part"
    " of any".split()
)
_SURELY_BEFORE = frozenset(
    "did had done been completed participated previous last took used finished held already ex"
    " former past earlier behind current".split()
)
_NO_STAY = frozenset(
    "graduated studied born passport expires heard told full spots question wonder birthday"
    " dob".split()
)
_ONCE = frozenset("once twice before already".split())
_HAD = frozenset("had held did used done behind".split())
_DETAILS = frozenset(
    "permit permits issued approved granted accepted gave ro ro_name agency organization direct"
    " directly solo myself".split()
)


def from_clauses(clauses: Sequence[Clause], today: date) -> Iterator[Fact]:
    """Yield earlier participations as clauses tell them: a kind of stay beside a year gone by."""
    told: list[Word] = []
    never: Clause | None = None
    of_others = False
    elsewhere = False
    kind: Clause | None = None
    for position, clause in enumerate(clauses):
        supposed = not {"(i)", "(my)"}.isdisjoint(clause.words)
        refused_by_them = "they" in clause.words and bool(NO_PERMIT.find(clause.said.doc))
        others = clause.about is About.SOMEBODY_ELSE or is_told_of_others(clause)
        if others and not (supposed or (told and refused_by_them)):
            of_others = of_others or names_a_kind(clause.words)
            continue
        if of_others and _DENIES & clause.words and clause.words <= _ONLY_DENIES:
            never = never or clause
        if elsewhere and _says_not_in_canada(clause):
            never = never or clause
        elsewhere = elsewhere or (names_a_kind(clause.words) and happened_elsewhere(clause.said))
        no_stay = _NO_STAY & clause.words or {"iec", "season"} <= clause.words
        if happened_elsewhere(clause.said) or no_stay or _is_placed_elsewhere(clauses, position):
            continue
        if says_never(clause, clauses[position + 1 :], today) or is_a_first(clause, today):
            never = never or clause
        elif is_named(clause) and not supposed and not looks_ahead(clause):
            there = _there(clauses, position, today, told)
            if _is_told(clause, Said(tuple(there)), today, goes_on=bool(told)):
                told += there
            kind = clause if CATEGORY.find(clause.said.doc) and not told else None
        elif kind and not supposed and _says_one_is_used(clause, today):
            start, *rest = clause.said.words
            named = CATEGORY.find(kind.said.doc)[0]
            told += [start, *kind.said.words[named.start : named.end], *rest]
    if told:
        yield fact("previous_participations", entries_told(Said(tuple(told)), today), told[1:-1])
    elif never is not None and not any(_is_an_attempt(clause, today) for clause in clauses):
        yield fact("previous_participations", [], never.said.words[1:-1])


def _is_placed_elsewhere(clauses: Sequence[Clause], position: int) -> bool:
    """Tell whether only another country follows: "two working holidays done: Japan"."""
    there = [word for word in clauses[position].said.words if word.text in ("CTRY", "PLACE")]
    following = clauses[position + 1].said.words[1:-1] if position + 1 < len(clauses) else ()
    countries = [word for word in following if word.text == "CTRY" and word.value != "CA"]
    return not there and bool(countries) and len(following) <= len(countries) + 1


def _is_an_attempt(clause: Clause, today: date) -> bool:
    """Tell whether a clause tells of an application made in a year gone by: "tried in 2019"."""
    tried = _ATTEMPTS & clause.words or NO_PERMIT.find(clause.said.doc)
    return bool(tried and years_named(clause.said, today))


_ATTEMPTS = frozenset("tried applied apply".split())


def _says_not_in_canada(clause: Clause) -> bool:
    """Tell whether "never in Canada" follows on a stay in another country."""
    canada = any(word.text == "CTRY" and word.value == "CA" for word in clause.said.words)
    return (
        canada
        and clause.denied
        and len(clause.texts) <= _LONGEST_DETAIL
        and not (_ONLY_TO_COME & clause.words)
    )


_ONLY_TO_COME = frozenset("yet want job offer work visa working sure know".split())


def _says_one_is_used(clause: Clause, today: date) -> bool:
    """Tell whether one of the kind named before is used up: "had my own one in 2018"."""
    words = clause.words
    one = any(word.text == "NUM" and word.value == 1 for word in clause.said.words)
    done = {"had", "did", "used"} & words and (one or {"it", "mine"} & words)
    return bool(done and years_named(clause.said, today)) and not clause.denied


def _there(
    clauses: Sequence[Clause], position: int, today: date, told: Sequence[Word]
) -> list[Word]:
    """Return the words of a clause with those beside it that tell its year, kind or outcome."""
    clause = clauses[position]
    parts = [clause]
    for before in reversed(clauses[max(0, position - 2) : position]):
        bare = (
            not names_a_kind(before.words)
            and not _OTHER_REFUSALS & before.words
            and not _NO_STAY & before.words
            and not looks_ahead(before)
        )
        organization = bool({"ro", "ro_name", "organization"} & before.words)
        refused = len(before.texts) <= _LONGEST_DETAIL and bool(NO_PERMIT.find(before.said.doc))
        year = {"participated", "took"} & before.words or _is_only_a_year(before, today)
        if not bare or not (organization or refused or year):
            break
        if not told or before.said.words[1] not in told:
            parts.insert(0, before)
    for after in clauses[position + 1 : position + 5]:
        if looks_ahead(after) or _NO_STAY & after.words:
            continue
        if is_named(after) and years_named(after.said, today):
            break
        known = years_named(_joined(parts), today)
        if (
            (_is_only_a_year(after, today) and (not known or _goes_on(after)))
            or (_is_only_a_kind(after) and _lacks_a_kind(parts, today))
            or (NO_PERMIT.find(after.said.doc) and not _OTHER_REFUSALS & after.words)
            or (
                _DETAILS & after.words
                and len(after.texts) <= _LONGEST_DETAIL
                and "DEM" not in after.words
            )
        ):
            parts.append(after)
    return [word for part in parts for word in part.said.words]


def _lacks_a_kind(parts: Sequence[Clause], today: date) -> bool:
    """Tell whether a kind is still to come: none is told, or each follows its year."""
    by_year = not names_a_kind(parts[0].words) and _is_only_a_year(parts[-1], today)
    return by_year or not CATEGORY.find(_joined(parts).doc)


def _goes_on(clause: Clause) -> bool:
    """Tell whether a clause is a further year of a list: "2017", "2018 accepted"."""
    outcome = NO_PERMIT.find(clause.said.doc) or is_issued(clause.said)
    return bool(outcome) or set(clause.texts[1:-1]) <= _ONLY_GOES_ON


_ONLY_GOES_ON = frozenset("NUM again then also in too".split())
_OTHER_REFUSALS = frozenset("entry visitor tourist job offer university eta esta us".split())
_LONGEST_DETAIL = 10


def _joined(parts: Sequence[Clause]) -> Said:
    return Said(tuple(word for part in parts for word in part.said.words))


def _is_only_a_year(clause: Clause, today: date) -> bool:
    return len(clause.texts) <= _LONGEST_KIND and bool(years_named(clause.said, today))


def _is_only_a_kind(clause: Clause) -> bool:
    return len(clause.texts) <= _LONGEST_KIND and bool(CATEGORY.find(clause.said.doc))


_LONGEST_KIND = 6


def _is_told(clause: Clause, there: Said, today: date, *, goes_on: bool) -> bool:
    """Tell whether a stay, or an attempt at one, lies behind the speaker."""
    words = frozenset(there.texts())
    refused = bool(NO_PERMIT.find(there.doc))
    settled = refused or is_issued(there) or (_SURELY_BEFORE - {"last", "already"}) & words
    of_iec = names_a_kind(words) or "ro_name" in words
    if (CHOSEN & words and not settled) or not (goes_on or of_iec):
        return False
    if years_named(there, today):
        return bool(_BEFORE & words) or goes_on or refused or _is_a_stay_of(there, today)
    if "iec" in words and _ONCE & words and _HAD & words and not clause.denied:
        return True
    surely = bool(_SURELY_BEFORE & clause.words) and not clause.denied
    return bool(CATEGORY.find(there.doc)) and (surely or bool({"ro_name"} & words and goes_on))


def _is_a_stay_of(there: Said, today: date) -> bool:
    """Tell whether only a kind of stay and a year gone by are named: "working holiday 2019"."""
    gone_by = all(year < today.year for year in years_named(there, today))
    return gone_by and bool(CATEGORY.find(there.doc)) and len(there.words) <= _LONGEST_NOTE


_LONGEST_NOTE = 15
