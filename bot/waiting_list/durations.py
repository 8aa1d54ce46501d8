"""How long people stay in each state of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from bot.database import for_reading
from bot.waiting_list.entry import State
from bot.waiting_list.sql_store import Engine
from bot.waiting_list.tables import HistoryRow


def median_stays(
    engine: Engine, since: datetime | None = None, until: datetime | None = None
) -> Mapping[State, tuple[timedelta, int]]:
    """Return the median time in each state that somebody left between the two moments.

    With it comes how many stays that is. `until` itself is not included.
    """
    query = (
        select(HistoryRow.entry_id, HistoryRow.at, HistoryRow.from_state, HistoryRow.to_state)
        .where(HistoryRow.entry_id.is_not(None), HistoryRow.to_state.is_not(None))
        .order_by(HistoryRow.entry_id, HistoryRow.id)
    )
    stays: dict[str, list[float]] = {}
    came: tuple[int, str, datetime] | None = None
    with for_reading(engine).begin() as connection:
        for entry_id, at, before, after in connection.execute(query):
            if before == after:
                continue
            if came is not None and came[:2] == (entry_id, before):
                in_range = (since is None or at >= since) and (until is None or at < until)
                if in_range:
                    stays.setdefault(before, []).append((at - came[2]).total_seconds())
            came = (entry_id, after, at)
    return {
        state: (timedelta(seconds=median(stays[state.value])), len(stays[state.value]))
        for state in State
        if state.value in stays
    }
