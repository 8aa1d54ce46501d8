"""What goes wrong for the person at the terminal, and how it is said in one line."""

from __future__ import annotations


class CommandError(RuntimeError):
    """A command cannot do its work: one line that says why and what to do, then any details."""


def one_line(text: str, limit: int = 600) -> str:
    """Return `text` with its line breaks and runs of blanks made one space, cut at `limit`."""
    joined = " ".join(text.split())
    return joined if len(joined) <= limit else joined[: limit - 1].rstrip() + "…"


def sentence_for(error: BaseException) -> str | None:
    """Return what to show for an error that people can cause, None for a bug of ours.

    An error that the assistant defines itself carries a sentence for people. Of the database's
    errors those count that come from its address or its absence.
    """
    if isinstance(error, CommandError):
        return str(error)
    kind = type(error)
    if kind.__module__.split(".")[0] == "bot":
        return one_line(str(error))
    if kind.__module__.startswith("sqlalchemy."):
        if kind.__name__ in {"ArgumentError", "NoSuchModuleError"}:
            return "IEC_DATABASE_URL: this is not the address of an SQLite or PostgreSQL database."
        if kind.__name__ == "OperationalError":
            reason = one_line(str(getattr(error, "orig", error)))
            return f"The database of IEC_DATABASE_URL cannot be used: {reason}"
    return None
