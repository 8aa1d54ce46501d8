"""Weighing: what patterns and cues leave open, judged by weights learnt from self-descriptions."""
