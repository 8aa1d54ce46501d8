"""Rasa custom actions: thin, they read slots, call `bot`, and say what happened."""
