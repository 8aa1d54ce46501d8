"""The conversation without Rasa: reading what people say, and choosing what to say."""
