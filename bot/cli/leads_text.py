"""What `iec leads` shows, as text for a terminal. What visitors typed cannot steer the terminal."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.transcripts import Conversation
from bot.waiting_list import EarlierSubmission, Entry, HistoryLine, Pool
from bot.waiting_list.outbox import Message

NOTHING = "-"


def lead_table(entries: Sequence[Entry]) -> str:
    """Return one line for each person."""
    header = (
        "REFERENCE",
        "PROGRAM",
        "SEASON",
        "POS",
        "STATE",
        "OUTCOME",
        "DEADLINE",
        "NAME",
        "E-MAIL",
    )
    rows = [
        (
            entry.reference,
            entry.program,
            entry.season,
            str(entry.position),
            entry.state.value,
            "reviewed" if entry.reviewed else entry.outcome,
            _moment(entry.deadline),
            entry.name or "(erased)",
            entry.email or NOTHING,
        )
        for entry in entries
    ]
    return _table(header, rows)


def pool_table(pools: Sequence[Pool], following: Sequence[Entry | None]) -> str:
    """Return one line for each pool, with the person to contact next."""
    header = ("PROGRAM", "SEASON", "QUOTA", "IN USE", "IN CONTACT", "WAITING", "OPENS", "NEXT")
    rows = [
        (
            pool.program,
            pool.season,
            str(pool.quota),
            str(pool.in_use),
            str(pool.in_contact),
            str(pool.waiting),
            _moment(pool.opens_at),
            entry.reference if entry else NOTHING,
        )
        for pool, entry in zip(pools, following, strict=True)
    ]
    return _table(header, rows)


def lead_text(
    entry: Entry,
    history: Iterable[HistoryLine],
    messages: Iterable[Message],
    earlier: Iterable[EarlierSubmission],
    conversation: Conversation | None,
) -> str:
    """Return everything about one person, section by section."""
    sections = {
        entry.reference: _facts(entry),
        "Answers": _pairs(entry.answers or {}),
        "Decision": _decision(entry.decision or {}),
        "History": [_history_line(line) for line in history],
        "Mails": [
            f"{_moment(each.created_at)}  {each.kind}: {each.status.value}"
            + (f" ({each.last_error})" if each.last_error else "")
            for each in messages
        ],
        "Earlier submissions": [
            f"{_moment(each.submitted_at)}  position {each.position}, {each.outcome}: "
            f"{json.dumps(each.answers, ensure_ascii=False)}"
            for each in earlier
        ],
        "Transcript": [
            f"{_moment(turn.time)}  {turn.speaker}: {turn.text}"
            for turn in (conversation.turns if conversation else ())
        ],
    }
    return "\n\n".join(
        "\n".join([title, *(f"  {_printable(line)}" for line in lines or [NOTHING])])
        for title, lines in sections.items()
    )


def transcript_values(conversation: Conversation | None) -> list[dict[str, str]]:
    """Return the transcript as JSON values."""
    turns = conversation.turns if conversation else ()
    return [
        {"time": turn.time.isoformat(), "speaker": turn.speaker, "text": turn.text}
        for turn in turns
    ]


def _facts(entry: Entry) -> list[str]:
    return _pairs(
        {
            "program": f"{entry.program} {entry.season}",
            "state": entry.state.value,
            "position": entry.position,
            "deadline": _moment(entry.deadline),
            "outcome": entry.outcome + (" (reviewed)" if entry.reviewed else ""),
            "name": entry.name or "(erased)",
            "email": entry.email or NOTHING,
            "nationality": entry.nationality or NOTHING,
            "entered": _moment(entry.entered_at),
            "consent": f"version {entry.consent.version}, {_moment(entry.consent.given_at)}, "
            f"{entry.consent.channel}",
            "conversation": entry.conversation_id or NOTHING,
        }
    )


def _decision(decision: Mapping[str, Any]) -> list[str]:
    summary = {
        name: value for name, value in decision.items() if name != "findings" and value is not None
    }
    findings = [
        (
            str(finding.get("criterion", "")),
            str(finding.get("finding", "")),
            str(finding.get("reason", "")),
            str(finding.get("source", "")),
        )
        for finding in decision.get("findings", ())
    ]
    return [*_pairs(summary), *_table((), findings).splitlines()]


def _history_line(line: HistoryLine) -> str:
    step = line.event.value
    if line.from_state is not line.to_state and line.to_state is not None:
        step = f"{line.from_state.value if line.from_state else 'new'} -> {line.to_state.value}"
    until = f", until {_moment(line.deadline)}" if line.deadline else ""
    why = f": {line.reason}" if line.reason else ""
    return f"{_moment(line.at)}  {step} at position {line.position}, by {line.by}{until}{why}"


def _pairs(values: Mapping[str, Any]) -> list[str]:
    width = max(map(len, values), default=0)
    return [
        f"{name:<{width}}  "
        + (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in values.items()
    ]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [[_printable(cell) for cell in row] for row in ([header] if header else []) + [*rows]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else NOTHING


def _printable(text: str) -> str:
    """Return `text` without control and format characters; a line break becomes a space."""
    spaced = (" " if char.isspace() else char for char in text)
    return "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))
