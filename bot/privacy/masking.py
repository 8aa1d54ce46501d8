"""Takes out of a text what must not be kept: numbers of cards and documents, ways to reach people.

A number is taken for what it is by its check digit, its shape, or the words beside it. Dates,
amounts, NOC codes and reference codes are set aside first. Pure: text in, text out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

# "removed" would be read as removed from a country.
NUMBER_HIDDEN = "[number hidden]"
EMAIL_HIDDEN = "[e-mail hidden]"
PHONE_HIDDEN = "[phone hidden]"

_BREAK = r"[\s.\-_\u00ad\u00b7\u200b-\u200d\u2010-\u2015\u2060\u2212]"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CURRENCY = r"(?:[$€£¥]|cad|usd|eur|gbp|aud|jpy|chf|krw|mxn|dollars?|euros?|pounds?|yen)"
_HARMLESS = re.compile(
    rf"""
      {_START}(?:19|20)\d\d\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}{_END}         # 2030-06-01
    | {_START}\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?(?:19|20)\d\d{_END}         # 01.06.2030
    | {_START}{_MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s?(?:19|20)\d\d{_END}        # aug 15 2024
    | {_START}iec{_BREAK}*[a-z0-9]{{4}}{_BREAK}*[a-z0-9]{{4}}{_END}               # IEC-7K3M-9QXD
    | {_START}noc{_BREAK}*\d{{4,5}}{_END}                                         # NOC 21231
    | {_START}[cua]?{_CURRENCY}\s?(?!(?:\d[\s.,-]*){{13}})\d[\d,.\s]*(?<=\d){_END} # CAD 172
    | (?<!\d[\s.\-_]){_START}\d{{1,12}}(?:[.,\s]\d{{3}})*(?:[.,]\d\d)?              # 5000 dollars
      (?:k|k?\s?{_CURRENCY}){_END}
    """,
    re.IGNORECASE | re.VERBOSE,
)

_DIGITS = re.compile(rf"{_START}\d+(?:{_BREAK}{{1,3}}\d+)*{_END}")
_GROUP = re.compile(r"\d+")
_NOT_A_CARD = re.compile(r"19|20|[01789]")
_SOCIAL_SECURITY = re.compile(
    rf"{_START}(?!000|666|9)\d{{3}}{_BREAK}(?!00)\d\d{_BREAK}(?!0000)\d{{4}}{_END}"
)
_PASSPORT = re.compile(
    rf"""{_START}(?:
        [a-z]\d{{7,8}} | [a-z]{{2}}\d{{6,7}} | [a-z]{{3}}\d{{6}} | \d\d[a-z]{{2}}\d{{5}}
      | [cfghjklmnprtvwxyz](?=(?:[a-z]*\d){{5}})[cfghjklmnprtvwxyz0-9]{{8}}
    ){_END}""",
    re.IGNORECASE | re.VERBOSE,
)
_DOCUMENT = (
    r"(?:passe?port|pasaporte|reisepass|travel\ document|social\ (?:insurance|security)"
    r"|assurance\ sociale|(?:credit|debit|bank|visa|master)\ ?card|cvv|cvc|security\ code"
    r"|(?-i:SIN|NAS|SSN)|(?:my|the|a)\ (?:sin|ssn)|(?:sin|ssn)\ (?:is|number|no))"
)
_NAMED = re.compile(
    rf"{_START}{_DOCUMENT}{_END}(?P<between>[^\d\n]{{0,30}}?)"
    rf"(?P<number>{_START}(?:[a-z]{{0,3}}|(?-i:[A-Z]{{1,3}}){_BREAK})\d(?:{_BREAK}?[a-z]{{0,2}}\d){{4,11}}[a-z]?{_END})",
    re.IGNORECASE,
)
_NAMED_AFTERWARDS = re.compile(
    rf"(?P<number>{_START}[a-z]{{0,3}}\d(?:{_BREAK}?\d){{5,11}}{_END})"
    rf"(?P<between>[^\w\n]{{0,3}}(?:is|was|=)?\s?(?:my|the)?\s?){_DOCUMENT}{_END}",
    re.IGNORECASE,
)
_SECURITY_CODE = re.compile(
    rf"(?P<between>{_START}(?:cvv|cvc|security\ code)2?{_END}[^\w\n]{{0,3}}(?:is\s)?)"
    rf"(?P<number>\d{{3,4}}){_END}",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)

_ADDRESS_PART = r"[^\s<>,;:\"()\[\]@]"
_EMAIL = re.compile(
    rf"(?<!{_ADDRESS_PART})(?:\"[^\"\s]+\"|{_ADDRESS_PART}+)@(?:{_ADDRESS_PART}|@)*{_ADDRESS_PART}"
)
_SPOKEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s*(?:[(\[]at[)\]]|\sat\s)\s*[\w-]+"
    r"(?:\s*(?:[(\[]dot[)\]]|\sdot\s)\s*[\w-]+)+",
    re.IGNORECASE,
)
_PHONE_BREAK = r"[\s./()\-\u00a0\u2010-\u2015]{0,3}"
_PHONE = re.compile(
    rf"""
      (?<![\w+])(?:\+|00)\s?{_PHONE_BREAK}[1-9](?:{_PHONE_BREAK}\d){{6,14}}{_END}
    | (?<![\w+.])(?:\(\d{{3}}\)|\d{{3}}){_PHONE_BREAK}\d{{3}}{_PHONE_BREAK}\d{{4}}{_END}
    | (?<![\w+.])1{_PHONE_BREAK}\d{{3}}{_PHONE_BREAK}\d{{3}}{_PHONE_BREAK}\d{{4}}{_END}
    | (?<![\w+.])\(?0(?:{_PHONE_BREAK}\d){{8,11}}{_END}
    """,
    re.VERBOSE,
)
_NAMED_PHONE = re.compile(
    rf"(?P<between>{_START}(?:(?:tele)?phone|tel|mobile|cell|whatsapp|call\ me|text\ me|reach\ me)"
    rf"{_END}[^\d\n]{{0,20}}?)(?P<number>(?<![\w+])\+?\d(?:{_PHONE_BREAK}\d){{6,14}}){_END}",
    re.IGNORECASE,
)


def mask_numbers(text: str) -> str:
    """Return `text` without numbers of payment cards, passports and social insurance.

    Cards and Canadian social insurance numbers are known by their check digit, American social
    security numbers and passports by their shape, all of them by words beside them.
    """
    return _outside_the_harmless(text, _without_numbers)


def mask_contacts(text: str) -> str:
    """Return `text` without e-mail addresses and phone numbers."""
    text = _SPOKEN_EMAIL.sub(EMAIL_HIDDEN, _EMAIL.sub(EMAIL_HIDDEN, text))
    return _outside_the_harmless(text, _without_phones)


def _without_numbers(text: str) -> str:
    text = _DIGITS.sub(_without_checked_numbers, text)
    text = _SOCIAL_SECURITY.sub(NUMBER_HIDDEN, text)
    text = _PASSPORT.sub(NUMBER_HIDDEN, text)
    text = _SECURITY_CODE.sub(rf"\g<between>{NUMBER_HIDDEN}", text)
    text = _NAMED.sub(_without_named_number, text)
    return _NAMED_AFTERWARDS.sub(_without_named_number, text)


def _without_phones(text: str) -> str:
    text = _PHONE.sub(PHONE_HIDDEN, text)
    return _NAMED_PHONE.sub(rf"\g<between>{PHONE_HIDDEN}", text)


def _outside_the_harmless(text: str, mask: Callable[[str], str]) -> str:
    """Apply `mask` to `text` while dates, amounts and codes are hidden from it.

    They stand as one private character each meanwhile, so that the words around stay neighbours.
    """
    hidden: list[str] = []

    def hide(match: re.Match[str]) -> str:
        hidden.append(match.group())
        return _HIDDEN

    masked = mask(_HARMLESS.sub(hide, text.replace(_HIDDEN, "")))
    kept = iter(hidden)
    return re.sub(_HIDDEN, lambda _: next(kept), masked)


_HIDDEN = "\ue000"


def _without_checked_numbers(match: re.Match[str]) -> str:
    """Return a row of digits in groups without the groups that make a card or a SIN."""
    row = match.group()
    groups = list(_GROUP.finditer(row))
    international = match.string[: match.start()].endswith("+")
    kept, first, done = "", 0, 0
    while first < len(groups):
        after = 0 if international else _end_of_number(groups, first)
        if after:
            kept += row[done : groups[first].start()] + NUMBER_HIDDEN
            done = groups[after - 1].end()
        first = max(after, first + 1)
        international = False
    return kept + row[done:]


def _end_of_number(groups: Sequence[re.Match[str]], first: int) -> int:
    """Return the index after the last group of the number that begins at `first`, 0 if none."""
    end, digits = 0, ""
    for index in range(first, len(groups)):
        digits += groups[index].group()
        if len(digits) > 19:
            break
        is_card = len(digits) >= 13 and not _NOT_A_CARD.match(digits)
        is_sin = len(digits) == 9 and index - first in (0, 2) and _in_threes(groups[first])
        if (is_card or is_sin) and _passes_luhn(digits):
            end = index + 1
    return end


def _in_threes(group: re.Match[str]) -> bool:
    return len(group.group()) in (3, 9)


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _without_named_number(match: re.Match[str]) -> str:
    if _BARE_DATE.fullmatch(re.sub(_BREAK, "", match["number"])):
        return match.group()
    return match.group().replace(match["number"], NUMBER_HIDDEN)
