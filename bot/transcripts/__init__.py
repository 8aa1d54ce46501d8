"""Conversations read back from the stored events, without Rasa."""

from __future__ import annotations

from bot.transcripts.conversation import Button, Conversation, Speaker, Turn
from bot.transcripts.feedback import Verdict, give_feedback, read_feedback
from bot.transcripts.reader import read_conversation

__all__ = [
    "Button",
    "Conversation",
    "Speaker",
    "Turn",
    "Verdict",
    "give_feedback",
    "read_conversation",
    "read_feedback",
]
