"""The table in which conversations are stored, event by event.

Name and columns are those of Rasa's own SQL tracker store, so that its tools read it too; defined
here because what reads transcripts must work without Rasa.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, Text

events_metadata = MetaData()

events = Table(
    "events",
    events_metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
    Index("ix_events_sender_id_id", "sender_id", "id"),
)
