"""Dated facts about IEC and Recognized Organizations, typed and checked on load."""
