"""From the characters of a text to canonical words in sentences."""
