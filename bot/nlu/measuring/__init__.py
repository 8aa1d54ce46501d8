"""Measuring the understanding: test sets, typos, figures and thresholds. Knows nothing of Rasa."""
