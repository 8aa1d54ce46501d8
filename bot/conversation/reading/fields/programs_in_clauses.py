"""The program wished for, told in words of any order, or that the speaker cannot tell which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation.reading.clauses import CALENDAR_YEARS, About, Clause
from bot.conversation.reading.fact import NOT_SURE, Fact, fact
from bot.conversation.reading.fields.programs import NAMES, WORKING_HOLIDAY

_WISH = frozenset(
    "want wants wanting wanna interested keen prefer preferred choose chose pick sign apply"
    " applying join like love opt opting opted going aiming aim after favour mine pls plz"
    " preferably enroll register participate guess chosen choosing picked selected select take"
    " look looking go going doing do try hoping hope plan planning need enrol register"
    " wish suits suit fits fit perfect best choice favourite favorite please"
    " goal thinking interests definitely considering".split()
)
_DECIDED = frozenset("chosen picked selected opted decided".split())
_NO_CHOICE = frozenset(
    "suppose supposing imagine"
    " or decide between if was did had been done not no never about know difference either"
    " friend instead before ago refused rejected unless whether than issued granted approved gave"
    " spent held returned behind finished completed ro_name b"
    " says recommends recommended suggested info infos information question questions told".split()
)
_PROGRAM_WORDS = frozenset(
    "program programme category stream pool ro option permit iec organization class".split()
)
_NAMES = frozenset("working young coop yp wh whv royp rowh workingholiday".split())
_LONGEST_BARE_NAME = 5
_OF_THE_SCHOOL = frozenset("university school degree teacher employer faculty".split())
_OF_OTHERS = frozenset("he she friend brother sister they you partner people".split())
_IN_A_LIST = frozenset(
    {"coop", "international coop", "iec coop", "yp", "young professional", "iec working holiday"}
)
_OF_EARLIER = frozenset(
    "permit iec refusal refused last was went did had done refused organization before previous"
    " participated through already have used".split()
)
_DID = frozenset("was did had done been participated know between difference".split())
_COMPARED = frozenset("like_me like_us as_me sounds_like looks_like".split())
_RATHER_THAN = frozenset({"not", "than", "instead", "over"})
_PREFERRED = frozenset({"rather", "prefer", "sooner"})
_THAT_IS_IT = frozenset("that this it".split())
_UNSURE = frozenset(
    "clue idea unsure not_sure dunno not_know undecided confused not_decide not_decided not_tell"
    " hesitating hesitate torn unclear not_certain no_preference not_figure not_see idk not_chosen"
    " not_figured not_picked not_settled my_mind not_pick could_be lost"
    " not_mind not_care"
    " wondering not_understand struggling cannot_decide hardly_know not_choose not_made not_get"
    " no_favourite hard_to difficult_to clueless not_really not_quite not_entirely not_totally"
    " not_exactly not_yet not_work help_me help_deciding help_choosing".split()
)
_CHOSEN = frozenset("need want take choose pick".split())
_WHICH = frozenset("which what wich witch where".split())
_KIND = frozenset(
    "program programme programs category categories stream streams pool permit option options"
    " which_NUM type kind".split()
)
_OTHER_DOUBTS = frozenset(
    "document documents form forms insurance full open opens country passport cost fee date"
    " means accept accepted eligible require requires long quota".split()
)


def from_clauses(clauses: Sequence[Clause]) -> Iterator[Fact]:
    """Yield the program that a clause wishes for, or that the speaker cannot tell which.

    "A working holiday" is a stay, "working holiday" without an article the program.
    """
    for position, clause in enumerate(clauses):
        following = clauses[position + 1] if position + 1 < len(clauses) else None
        if _is_unsure(clause, following) or _is_open(clause, clauses[:position]):
            yield fact("program", NOT_SURE, clause.said.words[1:-1])
            continue
        words, texts = clause.words, clause.texts
        if _NAMES.isdisjoint(words) or not _COMPARED.isdisjoint(clause.stems):
            continue
        if following is not None and following.texts[1] == "or" and _named(following, _NAMES):
            continue
        preferred = _preferred(clause)
        if preferred:
            yield fact("program", preferred, clause.said.words[1:-1])
            continue
        pointed = bool({"i", "me", "(i)", "please", "choice"} & words) or texts[1] in _THAT_IS_IT
        pointed_at = any(map(_is_pointed_at, clauses[position + 1 : position + 4]))
        pointed = (pointed or pointed_at) and _OF_THE_SCHOOL.isdisjoint(words)
        of_a_thing = clause.subject is About.A_THING and not pointed and not {"NUM", "one"} & words
        of_another = clause.about is About.SOMEBODY_ELSE and not (
            {"(i)", "organization", "choice"} & words or "(my)_case" in clause.stems
        )
        doubts = _NO_CHOICE - ({"if"} if {"if_poss", "if_possible"} & clause.stems else set())
        if of_a_thing or of_another or doubts & words:
            continue
        named = {
            match.rule: match
            for match in NAMES.find(clause.said.doc)
            if texts[match.start] in _NAMES
        }
        if len(named) != 1:
            continue
        program, match = named.popitem()
        if not (
            _WISH & words or _is_bare_name(clause, clauses[:position], following) or pointed_at
        ):
            continue
        stay = {"a", "an", "my"} & set(texts[max(0, match.start - 2) : match.start])
        before = texts[: match.start]
        decided = _DECIDED & words
        if ("have" in before and not decided) or before[-2:] in (["as", "a"], ["am", "a"]):
            continue
        named_so = bool(_PROGRAM_WORDS & words) or clause.said.words[match.end].raw == "one"
        if program != WORKING_HOLIDAY or not stay or named_so:
            yield fact("program", program, clause.said.words[match.start : match.end])


def _preferred(clause: Clause) -> str | None:
    """Return the category of "young professionals not working holiday": the one before "not"."""
    texts = clause.texts
    denial = next((i for i, text in enumerate(texts) if i > 1 and text in _RATHER_THAN), 0)
    if not denial or not _DID.isdisjoint(clause.words):
        return None
    if texts[denial] == "than" and _PREFERRED.isdisjoint(clause.words):
        return None
    sides: tuple[set[str], set[str]] = (set(), set())
    for match in NAMES.find(clause.said.doc):
        if texts[match.start] in _NAMES or (
            match.start > denial and texts[match.start] == "holiday"
        ):
            sides[match.start > denial].add(match.rule)
    before, after = sides
    others = "other" in texts[denial:] and not after
    wanted = len(before) == 1 and (after or others) and not before & after
    return before.pop() if wanted else None


def _names_a_year(clause: Clause) -> bool:
    """Tell whether a clause names a year, which tells when one took part."""
    years = any(word.text == "NUM" and word.value in CALENDAR_YEARS for word in clause.said.words)
    return years and _OTHER_DATES.isdisjoint(clause.words)


_OTHER_DATES = frozenset("born birthday passport expires graduated".split())


def _is_bare_name(clause: Clause, before: Sequence[Clause], following: Clause | None) -> bool:
    """Tell whether the category is all that a clause names: "co-op category", "coop for me"."""
    told_before = bool(before) and not _OF_EARLIER.isdisjoint(before[-1].words)
    told_before = told_before or (bool(before) and "between" in before[-1].words)
    beside = (*before[-1:], clause, *((following,) if following else ()))
    told_before = told_before or any(map(_names_a_year, beside))
    listed = (before or following) and " ".join(clause.texts[1:-1]) in _IN_A_LIST
    if listed and not told_before:
        return True
    for_me = {"for_me", "me_down", "is_for", "it_is", "it_will", "is_mine"} & clause.stems
    for_me |= {
        "my_case",
        "(my)_case",
        "if_poss",
        "if_possible",
        "it_would",
        "all_the",
        "as_for",
    } & clause.stems
    short = len(clause.texts) - 2 <= _LONGEST_BARE_NAME and not told_before
    return bool(for_me) or (short and bool({"category", "stream", "pool"} & clause.words))


def _named(clause: Clause, names: frozenset[str]) -> set[str]:
    return {
        match.rule for match in NAMES.find(clause.said.doc) if clause.texts[match.start] in names
    }


def _is_pointed_at(following: Clause | None) -> bool:
    """Tell whether what follows says of the name before it: "that is what I am after"."""
    if following is None or following.texts[1] not in _THAT_IS_IT:
        return False
    named = {"what", "NUM", "category", "stream", "program"} & following.words
    return bool(named and _WISH & following.words)


def _is_open(clause: Clause, before: Sequence[Clause]) -> bool:
    """Tell whether "I can't tell which I need" follows the word "category"."""
    asked = "which_i" in clause.stems and bool(_CHOSEN & clause.words)
    doubted = not _UNSURE.isdisjoint(clause.stems) and clause.about is About.SPEAKER
    return asked and doubted and bool(before) and not _KIND.isdisjoint(before[-1].words)


def _is_unsure(clause: Clause, following: Clause | None) -> bool:
    stems = clause.stems
    if "between" in stems and {"i", "me", "my"} & stems and following is not None:
        return bool(_named(clause, _NAMES) and _named(following, _NAMES) - _named(clause, _NAMES))
    if _UNSURE.isdisjoint(stems) or not _OTHER_DOUBTS.isdisjoint(stems):
        return False
    if not _OF_OTHERS.isdisjoint(clause.words) and "tell_you" not in stems:
        return False
    if {"what_to", "which_to"} & stems and {"choose", "pick", "select", "tick"} & stems:
        return True
    named = _named(clause, _NAMES | {"professional", "internship"})
    if following is not None and named and len(following.texts) <= _LONGEST_BARE_NAME:
        named |= _named(following, _NAMES)
    if len(named) > 1:
        return True
    of_three = {"of_NUM", "the_NUM", "NUM_is", "of_them", "of_these"} & stems and {
        "mine",
        "me",
        "fits",
        "suits",
    } & stems
    if "no_preference" in stems and bool(_KIND & stems):
        return True
    kind = bool(_KIND & stems) or any(w.raw.casefold() == "programme" for w in clause.said.words)
    regarding = {"about", "on", "regarding", "between"} & stems
    asked = bool((_WHICH | {"choose", "pick", "deciding", "choosing"}) & stems) or bool(
        regarding and kind
    )
    return (asked and bool(kind or of_three)) or _ends_with_a_kind(clause)


def _ends_with_a_kind(clause: Clause) -> bool:
    """Tell whether "my category" or the like is all that is not known: "don't know the stream"."""
    said = [text for text in clause.texts[1:-1] if text not in _PADS]
    return "not_know" in clause.stems and said[-2:-1] in (["my"], ["the"]) and said[-1] in _KIND


_PADS = frozenset("yet still though really name".split())
