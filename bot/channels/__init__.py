"""Ways in and out: each channel verifies, limits and de-duplicates before Rasa sees a message."""
