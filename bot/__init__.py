"""The IEC assistant: knowledge, rules, waiting list, conversation and channels."""
