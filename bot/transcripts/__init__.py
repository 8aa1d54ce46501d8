"""Conversations read back from the stored events, without Rasa."""

from __future__ import annotations

from bot.transcripts.conversation import Button, Conversation, Speaker, Turn
from bot.transcripts.reader import read_conversation

__all__ = ["Button", "Conversation", "Speaker", "Turn", "read_conversation"]
