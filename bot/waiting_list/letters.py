"""The words of the mails to applicants.

They repeat what the program says about itself: being on the list secures nothing, nothing is to be
paid for it, the team contacts people who qualify, and applying again moves a person down.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from textwrap import fill

from bot.waiting_list.entry import Entry, State

_PROGRAMS = {
    "ro_working_holiday": "RO Working Holiday",
    "ro_young_professional": "RO Young Professional",
    "international_coop": "International Co-op",
}


class Kind(str, Enum):
    """What a letter is about."""

    CONFIRMATION = "confirmation"
    MOVED_DOWN = "moved_down"
    UPDATE = "update"
    CONTACT = "contact"
    INVOICE = "invoice"
    LAPSE = "lapse"
    WITHDRAWAL = "withdrawal"


KIND_OF_MOVE = {
    State.CONTACTED: Kind.CONTACT,
    State.INVOICED: Kind.INVOICE,
    State.LAPSED: Kind.LAPSE,
    State.WITHDRAWN: Kind.WITHDRAWAL,
}
"""The states whose beginning an applicant is written to about. The rest staff tell in person."""


@dataclass(frozen=True)
class Letter:
    """A plain mail to one applicant."""

    reference: str
    kind: Kind
    recipient: str
    subject: str
    body: str


def write_letter(kind: Kind, entry: Entry, ahead: int = 0) -> Letter:
    """Return the letter of this kind to the person of `entry`; `ahead` people wait before.

    Raises:
        ValueError: the entry is erased, there is nobody to write to.
    """
    if entry.email is None:
        raise ValueError(f"{entry.reference} has no address any more")
    subject, paragraphs = _WRITERS[kind](entry, ahead)
    paragraphs = [
        _greeting(entry.name),
        *paragraphs,
        f"Your reference: {entry.reference}. Keep it: with it and this e-mail address you can "
        "ask the assistant for your status, leave the list, or have your data deleted.",
        "This is general information about our program, not immigration advice.",
    ]
    return Letter(
        reference=entry.reference,
        kind=kind,
        recipient=entry.email,
        subject=f"{subject} ({entry.reference})",
        body="\n\n".join(fill(paragraph, 72) for paragraph in paragraphs) + "\n",
    )


def title(entry: Entry) -> str:
    """Return the name of the program and season, as people know it."""
    program = _PROGRAMS.get(entry.program, entry.program.replace("_", " "))
    return f"{program} {entry.season}"


_TRUTHS = [
    "Being on the waiting list does not secure a place: places are very few, and we cannot "
    "promise one, nor say when we will be in touch.",
    "There is nothing to pay now. Our team contacts people who seem to qualify, in the order of "
    "the list, to arrange a free meeting. An invoice comes only after that meeting, if you are "
    "accepted into the program.",
    "Please do not apply again: your latest submission counts, so applying again moves you down "
    "the list.",
]


def _confirmation(entry: Entry, ahead: int) -> tuple[str, list[str]]:
    return f"We received your details for {title(entry)}", [
        f"We received your details for the waiting list of {title(entry)}. "
        f"{_people(ahead)} before you at the moment.",
        *_TRUTHS,
    ]


def _moved_down(entry: Entry, ahead: int) -> tuple[str, list[str]]:
    return f"Your new position for {title(entry)}", [
        f"You applied again for {title(entry)}. Your latest submission counts, so you moved down "
        f"the list. {_people(ahead)} before you at the moment.",
        *_TRUTHS,
    ]


def _update(entry: Entry, _ahead: int) -> tuple[str, list[str]]:
    return f"We received your updated details for {title(entry)}", [
        f"We received your updated details for {title(entry)}. Our team is already in touch with "
        "you, so nothing else changes: please answer the mails that you have from us.",
    ]


def _contact(entry: Entry, _ahead: int) -> tuple[str, list[str]]:
    reply = f" by {_moment(entry.deadline)}" if entry.deadline else ""
    return f"Let us arrange a meeting about {title(entry)}", [
        f"Your turn on the waiting list of {title(entry)} has come. We would like to meet you, "
        f"free of charge, to see together whether the program fits. Please reply{reply} with "
        "times that suit you.",
        "If we do not hear from you in time, we will understand that you are no longer interested "
        "and contact the next person on the list.",
        "There is nothing to pay now, and this mail does not secure a place.",
    ]


def _invoice(entry: Entry, _ahead: int) -> tuple[str, list[str]]:
    due = f" by {_moment(entry.deadline)}" if entry.deadline else " in time"
    return f"Your registration for {title(entry)}", [
        f"Our team has accepted you into {title(entry)}. You receive the invoice and the "
        f"instructions for payment from our team. Please complete the payment{due}.",
        "If the payment is not completed in time, we will understand that you are no longer "
        "interested, and the place goes to the next person on the list.",
    ]


def _lapse(entry: Entry, _ahead: int) -> tuple[str, list[str]]:
    return f"Your application for {title(entry)} has lapsed", [
        f"We did not receive your reply or payment for {title(entry)} in time, so we understand "
        "that you are no longer interested and continue with the next person on the list.",
        "You may apply again at any time. You would then join at the end of the waiting list.",
    ]


def _withdrawal(entry: Entry, _ahead: int) -> tuple[str, list[str]]:
    return f"You are off the list for {title(entry)}", [
        f"We took you off the list for {title(entry)}. You have nothing more to do.",
        "You may apply again at any time. You would then join at the end of the waiting list.",
    ]


_WRITERS = {
    Kind.CONFIRMATION: _confirmation,
    Kind.MOVED_DOWN: _moved_down,
    Kind.UPDATE: _update,
    Kind.CONTACT: _contact,
    Kind.INVOICE: _invoice,
    Kind.LAPSE: _lapse,
    Kind.WITHDRAWAL: _withdrawal,
}


def _greeting(name: str | None) -> str:
    """Greet by name only if it can be nothing but a name: anybody may type any address and name."""
    is_name = name is not None and all(char.isalpha() or char in " '’-" for char in name)
    return f"Hello {name}," if is_name else "Hello,"


def _people(ahead: int) -> str:
    return {0: "Nobody is", 1: "1 person is"}.get(ahead, f"{ahead} people are")


def _moment(moment: datetime | None) -> str:
    assert moment is not None
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"
