"""Menus for messengers that show no buttons: numbered lines, and what people reply to them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.mailroom import Reply
from bot.transcripts import Button

_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
).split()
_NUMBERS = {
    word: number for words in (_WORDS, _ORDINALS) for number, word in enumerate(words, start=1)
}
_CHOICE = re.compile(
    r"(?:the |option |number |answer |no\.? ?|nr\.? ?|# ?|\()*"
    rf"(?P<number>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:st|nd|rd|th)?(?: one| option)?(?: please)?"
)


def numbered_lines(buttons: Iterable[Button], first: int = 1) -> list[str]:
    """Return the titles of `buttons` as a menu that counts from `first`."""
    return [f"{number}. {button.title}" for number, button in enumerate(buttons, start=first)]


def bullets(buttons: Iterable[Button]) -> list[str]:
    """Return the titles of `buttons` as a list where a number would mean something else."""
    return [f"• {button.title}" for button in buttons]


def chosen(text: str, reply: Reply, *, numbered: bool) -> Button | None:
    """Return the button of `reply` that `text` means: by its title or, if shown, its number."""
    words = _simplified(text)
    buttons = [button for bubble in reply for button in bubble.buttons]
    for button in buttons:
        if _simplified(button.title) == words:
            return button
    found = _CHOICE.fullmatch(words) if numbered else None
    if found is None:
        return None
    number = _NUMBERS.get(found["number"]) or int(found["number"])
    return buttons[number - 1] if 1 <= number <= len(buttons) else None


def _simplified(text: str) -> str:
    """Return `text` without case, doubled blanks, and the punctuation around it (2️⃣ becomes 2)."""
    plain = unicodedata.normalize("NFKC", text).translate({0xFE0F: None, 0x20E3: None})
    return " ".join(plain.casefold().split()).strip(" .!?)(*\"'")
