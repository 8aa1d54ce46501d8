"""The inbox: what waits for a decision, and the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.engine import Engine, Row

from bot.clock import Clock, system_clock
from bot.database import create_tables, for_reading
from bot.teaching.tables import riddle_sources, riddles
from bot.transcripts.events_table import events_metadata

OUT_OF_SCOPE = "out_of_scope"
PER_PAGE = 25


class Decision(str, Enum):
    """RIGHT: the guess is. TOPIC: another one is. IGNORED: teaches nothing. DELETED: words too."""

    RIGHT = "right"
    TOPIC = "topic"
    OUT_OF_SCOPE = "out_of_scope"
    IGNORED = "ignored"
    DELETED = "deleted"


class TeachingError(ValueError):
    """The decision cannot be made; the message says why, for staff."""


@dataclass(frozen=True)
class Riddle:
    """A message the assistant was unsure of: its masked text, how often, and the guess."""

    id: int
    text: str
    count: int
    thumbs_down: int
    guess: str | None
    confidence: float | None
    last_at: datetime
    decision: Decision | None
    label: str | None
    decided_by: str | None
    conversation_id: str | None


class TeachingInbox:
    """The inbox of one database."""

    def __init__(self, engine: Engine, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._clock = clock
        create_tables(engine, events_metadata)

    def open_riddles(self, page: int = 1, per_page: int = PER_PAGE) -> Sequence[Riddle]:
        """Return what waits for a decision: the most frequent first, then the latest."""
        query = _with_sources().where(riddles.c.decision.is_(None), riddles.c.text.is_not(None))
        return self._read(
            query.order_by(
                func.count(riddle_sources.c.riddle_id).desc(),
                riddles.c.last_at.desc(),
                riddles.c.id,
            )
            .limit(per_page)
            .offset((page - 1) * per_page)
        )

    def count_open(self) -> int:
        """Return how many messages wait for a decision."""
        query = select(func.count()).select_from(riddles)
        query = query.where(riddles.c.decision.is_(None), riddles.c.text.is_not(None))
        with for_reading(self._engine).begin() as connection:
            return int(connection.execute(query).scalar_one())

    def decided(self) -> Sequence[Riddle]:
        """Return the messages that got a label and can be exported."""
        labelled = riddles.c.label.is_not(None)
        query = _with_sources().where(labelled, riddles.c.text.is_not(None))
        return self._read(query.order_by(riddles.c.label, riddles.c.text))

    def decide(
        self, riddle_id: int, decision: Decision, by: str, label: str | None = None
    ) -> Riddle:
        """Decide about a message; `label` names the topic where another one is right.

        Raises:
            TeachingError: it was decided before, is no longer there, or a label is missing.
        """
        with self._engine.begin() as connection:
            query = select(riddles).filter_by(id=riddle_id).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None or row.text is None:
                raise TeachingError("This message is no longer there.")
            if row.decision is not None:
                raise TeachingError(f"{row.decided_by} has decided this already.")
            values = {
                "decision": decision.value,
                "label": _label(decision, row, label),
                "decided_by": by,
                "decided_at": self._clock(),
            }
            if decision is Decision.DELETED:
                values["text"] = None
                connection.execute(delete(riddle_sources).filter_by(riddle_id=riddle_id))
            connection.execute(update(riddles).filter_by(id=riddle_id).values(**values))
            return _riddle(
                connection.execute(_with_sources().where(riddles.c.id == riddle_id)).one()
            )

    def reopen(self, riddle_id: int) -> None:
        """Take a decision back.

        Raises:
            TeachingError: the words are deleted.
        """
        nothing = dict.fromkeys(("decision", "label", "decided_by", "decided_at"))
        this = update(riddles).where(riddles.c.id == riddle_id, riddles.c.text.is_not(None))
        with self._engine.begin() as connection:
            if not connection.execute(this.values(**nothing)).rowcount:
                raise TeachingError("This message is no longer there.")

    def _read(self, query: Any) -> Sequence[Riddle]:
        with for_reading(self._engine).begin() as connection:
            return tuple(_riddle(row) for row in connection.execute(query))


def _label(decision: Decision, row: Row, label: str | None) -> str | None:
    if decision is Decision.RIGHT:
        label = row.guess
    elif decision is Decision.OUT_OF_SCOPE:
        label = OUT_OF_SCOPE
    elif decision is not Decision.TOPIC:
        return None
    if not label:
        raise TeachingError("Choose the topic that is right.")
    return label


def _with_sources() -> Any:
    down = riddle_sources.c.reason == "thumb_down"
    return (
        select(
            riddles,
            func.count(riddle_sources.c.riddle_id).label("count"),
            func.count().filter(down).label("thumbs_down"),
            func.max(riddle_sources.c.conversation_id).label("conversation_id"),
        )
        .outerjoin(riddle_sources, riddle_sources.c.riddle_id == riddles.c.id)
        .group_by(riddles.c.id)
    )


def _riddle(row: Row) -> Riddle:
    return Riddle(
        id=row.id,
        text=row.text or "",
        count=row.count,
        thumbs_down=row.thumbs_down,
        guess=row.guess,
        confidence=row.confidence,
        last_at=row.last_at,
        decision=Decision(row.decision) if row.decision else None,
        label=row.label,
        decided_by=row.decided_by,
        conversation_id=row.conversation_id,
    )
