"""The tables of the waiting list, as SQLAlchemy models. Their migrations are in `migrations/`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import declarative_base, declarative_mixin, relationship

from bot.database import UtcDateTime
from bot.encryption import EncryptedText
from bot.waiting_list.entry import ACTIVE

Base: Any = declarative_base(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)


class PoolRow(Base):
    """The row that every writer of a pool locks first; it counts the positions given out."""

    __tablename__ = "waiting_list_pool"
    __table_args__ = (
        UniqueConstraint("program", "season"),
        CheckConstraint("quota >= 0", name="quota_not_negative"),
    )

    id = Column(Integer, primary_key=True)
    program = Column(String(64), nullable=False)
    season = Column(String(16), nullable=False)
    quota = Column(Integer, nullable=False)
    opens_at = Column(UtcDateTime)
    last_position = Column(Integer, nullable=False, default=0)


@declarative_mixin
class SubmittedColumns:
    """What a person submitted: the columns of an entry and of a submission it replaced."""

    position = Column(Integer, nullable=False)
    name = Column(EncryptedText)
    email = Column(EncryptedText)
    nationality = Column(String(8))
    outcome = Column(String(32), nullable=False)
    answers = Column(JSON(none_as_null=True))
    decision = Column(JSON(none_as_null=True))
    conversation_id = Column(String(255), index=True)
    consent_version = Column(String(64), nullable=False)
    consent_text = Column(Text, nullable=False)
    consent_given_at = Column(UtcDateTime, nullable=False)
    consent_channel = Column(String(32), nullable=False)
    submitted_at = Column(UtcDateTime, nullable=False)


_IS_ACTIVE = text("state IN (" + ", ".join(f"'{state.value}'" for state in ACTIVE) + ")")


class EntryRow(SubmittedColumns, Base):
    """A person on a list, with the latest submission."""

    __tablename__ = "waiting_list_entry"
    __table_args__ = (
        UniqueConstraint("pool_id", "position"),
        Index("ix_waiting_list_entry_queue", "pool_id", "state", "position"),
        *(
            Index(f"ix_waiting_list_entry_by_{column}", column, "pool_id", "position", "id")
            for column in ("entered_at", "nationality", "outcome", "state")
        ),
        Index(
            "ix_waiting_list_entry_review",
            "state",
            "outcome",
            "reviewed",
            "pool_id",
            "position",
            "id",
        ),
        Index(
            "uq_waiting_list_entry_active_person",
            "pool_id",
            "email_key",
            unique=True,
            sqlite_where=_IS_ACTIVE,
            postgresql_where=_IS_ACTIVE,
        ),
    )

    id = Column(Integer, primary_key=True)
    pool_id = Column(ForeignKey(PoolRow.id), nullable=False)
    reference = Column(String(16), nullable=False, unique=True)
    email_key = Column(String(320))
    state = Column(String(16), nullable=False)
    deadline = Column(UtcDateTime)
    reviewed = Column(Boolean, nullable=False, default=False)
    entered_at = Column(UtcDateTime, nullable=False)
    changed_at = Column(UtcDateTime, nullable=False)
    erased_at = Column(UtcDateTime)

    pool = relationship(PoolRow, lazy="joined", innerjoin=True)


class EarlierSubmissionRow(SubmittedColumns, Base):
    """A submission that a later one of the same person replaced."""

    __tablename__ = "waiting_list_earlier_submission"

    id = Column(Integer, primary_key=True)
    entry_id = Column(ForeignKey(EntryRow.id), nullable=False, index=True)


class SearchRow(Base):
    """A word of a person's name or address, as a keyed hash."""

    __tablename__ = "waiting_list_search"
    __table_args__ = (Index("ix_waiting_list_search_hash", "hash", "entry_id"),)

    entry_id = Column(ForeignKey(EntryRow.id), primary_key=True)
    hash = Column(String(64), primary_key=True)


class HistoryRow(Base):
    """One step in the life of an entry, or a change of its pool."""

    __tablename__ = "waiting_list_history"

    id = Column(Integer, primary_key=True)
    pool_id = Column(ForeignKey(PoolRow.id), nullable=False, index=True)
    entry_id = Column(ForeignKey(EntryRow.id), index=True)
    at = Column(UtcDateTime, nullable=False)
    by = Column(String(120), nullable=False)
    event = Column(String(32), nullable=False)
    from_state = Column(String(16))
    to_state = Column(String(16))
    position = Column(Integer)
    deadline = Column(UtcDateTime)
    reason = Column(EncryptedText)


class MessageRow(Base):
    """A message to an applicant, written with the step it tells of and sent afterwards."""

    __tablename__ = "waiting_list_message"
    __table_args__ = (Index("ix_waiting_list_message_due", "status", "next_attempt_at"),)

    id = Column(Integer, primary_key=True)
    entry_id = Column(ForeignKey(EntryRow.id), nullable=False, index=True)
    kind = Column(String(32), nullable=False)
    recipient = Column(EncryptedText)
    subject = Column(EncryptedText)
    body = Column(EncryptedText)
    status = Column(String(16), nullable=False)
    created_at = Column(UtcDateTime, nullable=False)
    attempts = Column(Integer, nullable=False, default=0)
    next_attempt_at = Column(UtcDateTime, nullable=False)
    sent_at = Column(UtcDateTime)
    last_error = Column(String(120))

    entry = relationship(EntryRow, lazy="joined", innerjoin=True)


class DoneRow(Base):
    """The result of a write, found again by its idempotency key. Only the key's hash is kept."""

    __tablename__ = "waiting_list_done"

    scope = Column(String(120), primary_key=True)
    key_hash = Column(String(64), primary_key=True)
    result = Column(JSON, nullable=False)
    done_at = Column(UtcDateTime, nullable=False)
