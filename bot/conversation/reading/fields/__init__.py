"""What each fact is read from, a concept a module."""
