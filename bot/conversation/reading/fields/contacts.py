"""Name, e-mail address and reference code, as people type them."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

from bot.conversation.reading.fact import NOTHING, Reading
from bot.conversation.reading.fields.yes_no import is_unknown, yes_or_no
from bot.conversation.reading.words.questions import is_question
from bot.conversation.reading.words.tokens import LONGEST_TEXT, fold

SHORTEST_NAME, LONGEST_NAME, MOST_NAMES = 2, 80, 8

_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")
_REFERENCE = re.compile(
    r"\biec[\s\-_.:\u2013\u2014]*([a-z0-9](?:[\s\-_.\u2013\u2014]*[a-z0-9]){7})\b", re.IGNORECASE
)
_BARE_REFERENCE = re.compile(
    r"(?:^|[^\w])([a-z0-9]{4}[\s\-_.\u2013\u2014]?[a-z0-9]{4})(?=$|[^\w])", re.IGNORECASE
)
_SPOKEN_BEFORE_A_NAME = re.compile(
    r"^(?:(?:hi|hello|hey|sure|ok|okay|yes|well)[\s,!.]+)?(?:my (?:full |first |real )?name"
    r" is|my names|my name's|my name|name:?"
    r"|i am called|i'm called|they call me|call me|you can call me|it is|it's|its|this is|i"
    r" am|i'm|im|full name:?)\s*[:,]?\s+",
    re.IGNORECASE,
)
_NEVER_IN_A_NAME = frozenset(
    "dont don't want what why how please need should because application email e-mail apply"
    " would could"
    " cant can't which when where stop start restart cancel skip delete data talk person"
    " human agent help"
    " list remove withdraw continue back menu quit exit none null undefined anonymous nobody"
    " test testing asdf"
    " qwerty admin unknown private secret again over yes no nope yeah maybe sure ok okay"
    " hello hi hey thanks"
    " thank bye goodbye idk n/a na not".split()
)
_SENTENCE_WORDS = frozenset(
    "i you we they the is are was my your this that it to have has and if of".split()
)
_KEYBOARD_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz")
_NAME_MARKS = frozenset(" '-.\u2019\u02bc\u00b7\u2010")


def answer_email(text: str) -> Reading:
    """Read an e-mail address, normalised; its form is checked, not whether the mailbox exists."""
    found = list(
        dict.fromkeys(
            each.strip(".!?")
            for each in _ADDRESS.findall(text[:LONGEST_TEXT].replace("mailto:", ""))
        )
    )
    if not found:
        attempted = not is_question(text) and re.search(r"@|\w\.\w|\bat\b.*\bdot\b", text)
        return Reading(problem="email_invalid") if attempted else NOTHING
    if len(found) > 1:
        return Reading(problem="email_invalid")
    try:
        return Reading(validate_email(found[0], check_deliverability=False).normalized)
    except (EmailNotValidError, ValueError):
        return Reading(problem="email_invalid")


def answer_name(text: str) -> Reading:
    """Read a person's name: letters of any script, 2 to 80 characters, kept as typed."""
    if is_question(text):
        return NOTHING
    shown = " ".join(text[:LONGEST_TEXT].split())
    name = _SPOKEN_BEFORE_A_NAME.sub("", shown).strip(' .,!;:"')
    if is_unknown(name) or yes_or_no(name) is not None:
        return Reading(problem="name_not_usable")
    return Reading(name) if _is_name(name) else Reading(problem="name_not_usable")


def _is_name(name: str) -> bool:
    words = [fold(word) for word in re.split(r"[\s.]+", name) if word]
    letters = [c for c in name if unicodedata.category(c)[0] == "L"]
    return (
        SHORTEST_NAME <= len(name) <= LONGEST_NAME
        and len(letters) >= SHORTEST_NAME
        and len(words) <= MOST_NAMES
        and all(c in _NAME_MARKS or unicodedata.category(c)[0] in "LM" for c in name)
        and not _NEVER_IN_A_NAME & set(words)
        and len(_SENTENCE_WORDS & set(words)) < 2
        and not any(_is_mash(word) for word in words)
    )


def _is_mash(word: str) -> bool:
    """Tell whether a word is keys hit at random: "asdf", "aaaa", "hjkl"."""
    if len(word) < 3:
        return False
    one_key = len(set(word)) == 1 and word.isascii()
    return one_key or (len(word) > 3 and any(word in row * 2 for row in _KEYBOARD_ROWS))


def answer_reference(text: str) -> Reading:
    """Read a reference such as IEC-7K3M-9QXD, whatever its case, spaces and dashes."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    found = _REFERENCE.search(text) or next(
        (m for m in _BARE_REFERENCE.finditer(text) if any(c.isdigit() for c in m.group(1))), None
    )
    if found:
        code = re.sub(r"[^A-Z0-9]", "", found.group(1).upper())
        return Reading(f"IEC-{code[:4]}-{code[4:]}")
    attempted = re.search(r"\biec[\s-]*\w*\d|\d", text, re.IGNORECASE) and not is_question(text)
    return Reading(problem="reference_not_recognised") if attempted else NOTHING
