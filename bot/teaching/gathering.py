"""Finding messages that the assistant was unsure of, or whose answer got a thumb down.

Answers to a form's questions are no riddles, whatever the classifier thought of them: among them
are names and addresses. Of minors nothing is gathered.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from bot.database import for_reading
from bot.privacy.masking import mask_contacts, mask_numbers
from bot.teaching.tables import riddle_cursor, riddle_sources, riddles
from bot.transcripts.course import UNSURE_ZONES
from bot.transcripts.events_table import events
from bot.transcripts.feedback import feedback
from bot.transcripts.summary_tables import conversation_messages, conversations

UNSURE, THUMB_DOWN = "unsure", "thumb_down"
AT_ONCE = 500
LONGEST_TEXT = 500
_ASKS_FOR_A_PERSON = "human_handoff"


def gather(engine: Engine) -> int:
    """Look through what was said since the last time; return how many conversations were new.

    It may run in several processes at once, and again: every message counts once.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    looked_at = 0
    while found := _not_looked_through(engine):
        _skip(engine, [(row.conversation_id, row.last_event_id) for row in found if not row.doubt])
        for conversation_id, last_event_id, doubt in found:
            if not doubt:
                continue
            try:
                with engine.begin() as connection:
                    _look_through(connection, conversation_id, last_event_id)
            except IntegrityError:  # somebody else looked through it at the same time
                continue
        looked_at += len(found)
        if len(found) < AT_ONCE:
            break
    _gather_thumbs_down(engine)
    return looked_at


def forget_teaching(connection: Connection, conversation_id: str) -> int:
    """Forget what came from a conversation; words that stood nowhere else are deleted.

    Of a decided message the hash stays, so that it need not be decided again. Returns how many
    messages of the conversation were known here.
    """
    this = {"conversation_id": conversation_id}
    sources = select(riddle_sources.c.riddle_id).filter_by(**this)
    touched = list(connection.execute(sources).scalars())
    connection.execute(delete(riddle_sources).filter_by(**this))
    connection.execute(delete(riddle_cursor).filter_by(**this))
    if not touched:
        return 0
    known_elsewhere = set(
        connection.execute(
            select(riddle_sources.c.riddle_id).where(riddle_sources.c.riddle_id.in_(touched))
        ).scalars()
    )
    alone = riddles.c.id.in_(set(touched) - known_elsewhere)
    connection.execute(delete(riddles).where(alone, riddles.c.decision.is_(None)))
    connection.execute(update(riddles).where(alone).values(text=None))
    return len(touched)


def plain(text: str) -> str:
    """Return the form in which two messages count as the same: case, spaces, end marks aside."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return words.strip(" .,;:!?¡¿\"'()") or words


def key_of(text: str) -> str:
    """Return the hash by which a message is known again."""
    return hashlib.sha256(plain(text).encode("utf-8", "replace")).hexdigest()


def masked(text: str) -> str:
    """Return a message as it may be kept: on one line, without numbers and addresses."""
    return mask_contacts(mask_numbers(" ".join(text.split())))[:LONGEST_TEXT]


def _not_looked_through(engine: Engine) -> list[Row]:
    seen, there = riddle_cursor.c, conversations.c
    doubt = and_(there.unsure > 0, there.under_age.is_(False))
    query = (
        select(there.conversation_id, there.last_event_id, doubt.label("doubt"))
        .outerjoin(riddle_cursor, seen.conversation_id == there.conversation_id)
        .where(or_(seen.last_event_id.is_(None), seen.last_event_id < there.last_event_id))
        .limit(AT_ONCE)
    )
    with for_reading(engine).begin() as connection:
        return list(connection.execute(query))


def _skip(engine: Engine, looked_at: list[tuple[str, int]]) -> None:
    """Note that there was nothing to find in these conversations up to these events."""
    if not looked_at:
        return
    ids = [conversation_id for conversation_id, _ in looked_at]
    rows = [{"conversation_id": each, "last_event_id": last} for each, last in looked_at]
    with suppress(IntegrityError), engine.begin() as connection:  # somebody else did the same
        connection.execute(delete(riddle_cursor).where(riddle_cursor.c.conversation_id.in_(ids)))
        connection.execute(insert(riddle_cursor), rows)


def _look_through(connection: Connection, conversation_id: str, last_event_id: int) -> None:
    this = {"conversation_id": conversation_id}
    summary = connection.execute(select(conversations).filter_by(**this).with_for_update())
    row = summary.one_or_none()
    if row is None:
        return
    if not row.under_age and row.unsure:
        message = conversation_messages.c
        query = select(conversation_messages).where(
            message.zone.in_(UNSURE_ZONES), message.question.is_(None)
        )
        found = connection.execute(query.filter_by(**this)).all()
        _keep(connection, conversation_id, found, UNSURE)
    connection.execute(delete(riddle_cursor).filter_by(**this))
    connection.execute(insert(riddle_cursor).values(last_event_id=last_event_id, **this))


def _gather_thumbs_down(engine: Engine) -> None:
    """Take in messages whose answer got a thumb down, also long after it was given."""
    message, source = conversation_messages.c, riddle_sources.c
    is_known = (source.conversation_id == feedback.c.conversation_id) & (
        source.message_id == feedback.c.message_id
    )
    query = (
        select(conversation_messages)
        .join(
            feedback,
            (feedback.c.conversation_id == message.conversation_id)
            & (feedback.c.message_id == message.message_id),
        )
        .join(conversations, conversations.c.conversation_id == message.conversation_id)
        .outerjoin(riddle_sources, is_known)
        .where(
            feedback.c.verdict == "down",
            source.riddle_id.is_(None),
            conversations.c.under_age.is_(False),
            # What answers a question is not a topic, but a question asked in between is.
            or_(message.question.is_(None), message.label.like("faq/%")),
            or_(message.question.is_(None), message.question.not_in(("applicant_name", "email"))),
        )
    )
    with for_reading(engine).begin() as connection:
        found = connection.execute(query).all()
    for row in found:
        try:
            with engine.begin() as connection:
                _keep(connection, row.conversation_id, [row], THUMB_DOWN)
        except IntegrityError:
            continue


def _keep(connection: Connection, conversation_id: str, messages: list[Row], reason: str) -> None:
    if not messages:
        return
    texts = _texts(connection, conversation_id)
    for row in messages:
        message_id = row.message_id or f"number {row.number}"
        text = texts.get(row.message_id or "", "")
        if not text or text.startswith("/") or row.label == _ASKS_FOR_A_PERSON:
            continue
        this = {"conversation_id": conversation_id, "message_id": message_id}
        if connection.execute(select(riddle_sources).filter_by(**this)).first():
            continue
        riddle_id = _riddle(connection, masked(text), row.label, row.confidence, row.at)
        if riddle_id is not None:
            connection.execute(
                insert(riddle_sources).values(riddle_id=riddle_id, reason=reason, **this)
            )


def _riddle(
    connection: Connection, text: str, guess: str | None, confidence: float | None, at: datetime
) -> int | None:
    """Return the riddle of this text, made if it is new; None if staff put it away for good."""
    key = key_of(text)
    row = connection.execute(select(riddles).filter_by(key=key)).one_or_none()
    if row is None:
        values = {"key": key, "text": text, "guess": guess, "confidence": confidence}
        made = connection.execute(insert(riddles).values(last_at=at, **values))
        return int(made.inserted_primary_key[0])
    if row.decision in ("ignored", "deleted"):
        return None
    changes: dict[str, Any] = {"text": text, "last_at": max(at, row.last_at)}
    if row.decision is None:
        changes |= {"guess": guess, "confidence": confidence}
    connection.execute(update(riddles).filter_by(id=row.id).values(**changes))
    return int(row.id)


def _texts(connection: Connection, conversation_id: str) -> Mapping[str, str]:
    query = select(events.c.data).where(
        events.c.sender_id == conversation_id, events.c.type_name == "user"
    )
    said: list[Mapping[str, Any]] = [
        json.loads(data) for data in connection.execute(query).scalars()
    ]
    return {str(event.get("message_id") or ""): event.get("text") or "" for event in said}
