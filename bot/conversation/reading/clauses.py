"""Clauses: what is said, cut at commas, "and", "but" and the like, and whom each piece is about.

"Ukrainian refugee living in Poland, 26" has two. A clause is of the person whom it names, or else
of the one before; questions have none. What is wished, planned or supposed is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

from bot.conversation.reading.introductions import bare_of
from bot.conversation.reading.named_people import is_named, is_predicate
from bot.conversation.reading.people_at_hand import (
    BESIDE,
    describes_somebody,
    is_addressed,
    is_at_hand,
    presents_itself,
    says_who_comes,
    wants_to_know,
    words_before,
)
from bot.conversation.reading.words.grammar import SUBJECTS
from bot.conversation.reading.words.said import Said
from bot.conversation.reading.words.speaker import END, QUESTION_START, START
from bot.conversation.reading.words.word import Word

_CUTS = frozenset(", and but so because cause cuz bc though although however while whereas".split())
_SPEAKER = frozenset("i we me my our us myself both".split())
_OWNERS = frozenset("my our his her their the an".split())
_SUPPOSED = frozenset({"(i)", "(my)", "(we)"})
_OTHERS = frozenset(
    "kid he she they you your his her their him them people someone somebody anyone everybody"
    " everyone others partner friend"
    " friends gf bf girlfriend boyfriend boss brother brothers sister sisters mother father mom mum"
    " dad parents folks relatives grandparents"
    " grandmother grandfather grandma grandpa grandad granddad granny gran nan nana nonna nonno"
    " oma opa stepdad stepmom stepmother stepfather hubby flatmates housemates cousin"
    " cousins roommate flatmate colleague colleagues"
    " classmate mates neighbour neighbours neighbor neighbors"
    " uncle aunt nephew niece mate twin parent ex dog cat pet housemate student's"
    " client clients students mates buddy buddies pal pals classmate classmates"
    " flatmates roommates daughter son".split()
)
_THINGS = frozenset("the it this that there these those their his her your if".split())
_MY_SURROUNDINGS = frozenset("employer job university school internship program visa".split())
# Somebody after these is only beside the person spoken of: "living with my parents".
_NOBODY = frozenset("no thank not without any unlike".split())
_BEFORE_YOURS = BESIDE | frozenset({"on", "in", "per", "of"})
_ASKS = frozenset("do does can could is are should".split())
_DENIALS = frozenset("not no never without nor neither none nothing".split())
_IDLE = frozenset("laugh judge worry ask kidding joking lying".split())
"""After "not", words that deny nothing of what is told beside them."""
_WISHES = frozenset(
    "hope hoping hopefully wish wishing dream dreaming want wants wanting would might may maybe"
    " could should plan planning eligible entitled apply applied applying try trying if unless"
    " suppose supposing imagine whether waiting claim".split()
)


_THINKS = frozenset("think guess believe suppose reckon".split())
_WHO = frozenset({"who", "whose"})
_KNOWS = frozenset({"know", "met", "knew"})
_TAKES_BACK = frozenset("no wait scrap that sorry nope".split())
_SPOKEN_TO = frozenset("you your someone somebody anyone".split())
_PARENTS = frozenset("mum mom mother dad father parent mama papa".split())

_TIMES = frozenset("year month week summer spring winter autumn MONTH".split())
_PLANS = frozenset(
    (owner, "plan") for owner in "'s family company parents work full travel month s".split()
)
_SCIENCES = frozenset("science sciences maths mathematics physics arts university".split())


class About(Enum):
    """Whom or what a clause is about."""

    SPEAKER = "speaker"
    SOMEBODY_ELSE = "somebody else"
    A_THING = "a thing"


CALENDAR_YEARS = range(1900, 2100)


@dataclass(frozen=True)
class Clause:
    """One piece between its ends, without the words that only introduce or close it.

    `subject` is who is named first in it, `about` who is named last; `corrects` tells whether it
    takes back what was said before ("sorry, I mean 31").
    """

    said: Said
    subject: About
    about: About
    corrects: bool

    @cached_property
    def texts(self) -> list[str]:
        """Its canonical words, between its edges."""
        return self.said.texts()

    @cached_property
    def words(self) -> frozenset[str]:
        """Its canonical words, in no order."""
        return frozenset(self.texts)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its words, each without "-s", "-ed" and "-ing" too, and neighbours as "gap_year"."""
        forms = {form for word in self.words for form in _forms(word)}
        forms.update(f"{first}_{second}" for first, second in pairwise(self.texts))
        if "year_NUM" in forms and any(map(_is_calendar_year, self.said.words)):
            forms.discard("year_NUM")
        if any(word.text == "NUM" and not word.value for word in self.said.words):
            forms.add("zero")
        return frozenset(forms)

    @property
    def denied(self) -> bool:
        """Whether it says that something is not so; "not without", "do not laugh" deny nothing."""
        denials = _DENIALS & self.words
        if denials == {"not"} and not _IDLE.isdisjoint(self.texts) and self.texts.count("not") == 1:
            return self.texts[self.texts.index("not") + 1] not in _IDLE
        return bool(denials) and not ("without" in denials and len(denials) > 1)

    @property
    def wished(self) -> bool:
        """Whether it tells a wish, a plan or a supposition."""
        wishes = _WISHES & self.words
        if wishes == {"plan"} and not _PLANS.isdisjoint(pairwise(self.texts)):
            return False
        if wishes == {"applied"} and not _SCIENCES.isdisjoint(self.words):
            wishes = frozenset()
        return bool(wishes) or not _SUPPOSED.isdisjoint(self.words)

    def wishes_before(self, position: int) -> bool:
        """Tell whether what stands at `position` hangs on a wish before it."""
        return not (_WISHES | _SUPPOSED).isdisjoint(self.texts[:position])


def _forms(word: str) -> Iterator[str]:
    yield word
    for ending in ("s", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            yield stem
            yield stem + "e"


def _is_calendar_year(word: Word) -> bool:
    """Tell whether "year 2019" is meant, not the second year of something."""
    return word.text == "NUM" and word.value in CALENDAR_YEARS


def clauses(said: Said) -> list[Clause]:
    """Return the clauses in the order of the text; of questions, none."""
    found: list[Clause] = []
    about = About.SPEAKER
    corrects = accompanied = False
    for piece in _pieces(said.words):
        beside = accompanied and _opens(piece, said) and not describes_somebody(piece)
        if beside or (piece[-1].text == "here" and presents_itself(piece)):
            about = About.SPEAKER
        named = list(_persons(piece))
        persons = [person for person, _ in named]
        accompanied = bool(persons) and says_who_comes(piece)
        thing = _is_of_a_thing(piece)
        subject = About.A_THING if thing else (persons[0] if persons else about)
        last = persons[-1] if persons else about
        if any(word.text in _WHO for word in piece) and (
            last is About.SOMEBODY_ELSE or any(word.text in _KNOWS for word in piece)
        ):
            subject = last = About.SOMEBODY_ELSE
            named.append((About.SOMEBODY_ELSE, True))
        if thing and last is About.SPEAKER:
            last = About.A_THING
        about = next((person for person, lasts in reversed(named) if lasts), about)
        if not persons and piece[0].text == "there":
            about = last = About.SPEAKER
        elif not persons and [word.text for word in piece[:2]] == ["as", "for"]:
            about = subject = last = About.SPEAKER
        bare, corrects = bare_of(piece, corrects=corrects or (bool(found) and _takes_back(piece)))
        if bare and not _asks(bare):
            found.append(Clause(Said(_bounded(bare)), subject, last, corrects))
        corrects = corrects and not (bare and bare[0].text != "no")
    return found


def _opens(piece: Sequence[Word], said: Said) -> bool:
    """Tell whether a piece stands at the start of a sentence."""
    return any(
        edge.text == START and first.start == piece[0].start for edge, first in pairwise(said.words)
    )


def _takes_back(piece: Sequence[Word]) -> bool:
    """Tell whether a piece is only a "no" that stops the speaker: "Danish... no, Swedish"."""
    return {word.text for word in piece} <= _TAKES_BACK


def _asks(words: Sequence[Word]) -> bool:
    following = words[1].text if len(words) > 1 else ""
    states = following in ("from", "not", "be")
    if words[0].text in ("is", "are"):  # "my wife (29) is coming": what a pause cut off goes on
        states = following not in SUBJECTS
    return words[0].text in _ASKS and not states


def _pieces(words: Sequence[Word]) -> Iterator[list[Word]]:
    piece: list[Word] = []
    asked = False
    for word in words:
        if word.text in (START, QUESTION_START):
            asked = word.text == QUESTION_START
        elif word.text == "sorry" and piece and not asked:
            yield piece
            piece = [word]
        elif word.text == END or word.text in _CUTS:
            if piece and not asked:
                yield piece
            piece = []
        else:
            piece.append(word)


def _is_of_a_thing(piece: Sequence[Word]) -> bool:
    my_own = piece[0].text != "my" or len(piece) < 2 or piece[1].text not in _MY_SURROUNDINGS
    presents = [word.text for word in piece] in (["that", "is", "me"], ["this", "is", "me"])
    timed = piece[0].text == "this" and len(piece) > 1 and piece[1].text in _TIMES
    return (piece[0].text in _THINGS and len(piece) > 1 and not (presents or timed)) or not my_own


def _persons(piece: Sequence[Word]) -> Iterator[tuple[About, bool]]:
    """Yield who is named, and whether what follows may be about them: never about "you"."""
    if is_named(piece):
        yield About.SOMEBODY_ELSE, True
    for position, word in enumerate(piece):
        before = words_before(piece, position)
        if word.text == "i" and position and _only_thinks(piece[position + 1 :]):
            continue
        if word.text in _SPEAKER:
            somebody = _is_somebody(piece[position + 1 : position + 3])
            if not (somebody and word.text in ("my", "our")):
                yield About.SPEAKER, True
        elif (
            word.text in _SUPPOSED
            or is_at_hand(piece, position)
            or (
                _is_somebody([word])
                and not (word.text == "you" and wants_to_know(piece, position))
                and not (word.text == "ex" and not _OWNERS & before)
                and not (word.text == "your" and _BEFORE_YOURS & before)
                and not (word.text in _PARENTS and "single" in before)
                and not is_addressed(piece, position)
                and not ((BESIDE | _NOBODY) & before or is_predicate(piece, position))
            )
        ):
            mine = word.text in _SUPPOSED and "i" in {each.text for each in piece[:position]}
            lasts = word.text not in _SPOKEN_TO and "your" not in before
            yield About.SOMEBODY_ELSE, lasts and not mine


def _only_thinks(after: Sequence[Word]) -> bool:
    """Tell whether "I think" ends a piece about somebody: "my cousin went there, I think"."""
    return len(after) == 1 and after[0].text in _THINKS


def _is_somebody(words: Sequence[Word]) -> bool:
    return any(word.text in _OTHERS or word.raw.casefold() in _OTHERS for word in words)


def _bounded(words: Sequence[Word]) -> tuple[Word, ...]:
    first, last = words[0].start, words[-1].end
    return (Word(START, first, first, "", "edge"), *words, Word(END, last, last, "", "edge"))
