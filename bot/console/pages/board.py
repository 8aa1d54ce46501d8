"""The list: a board for each pool, with the people in the order in which they need somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response

from bot.console.changing import changed
from bot.console.forms import FormRefused
from bot.console.page import NOTHING, Page
from bot.console.permissions import Permission
from bot.console.visit import Visit
from bot.waiting_list import Pool, State, WaitingListError
from bot.waiting_list.desk import Rules
from bot.waiting_list.entry import ACTIVE, MOVES, WITH_DEADLINE
from bot.waiting_list.errors import PoolNotFound, StoreError
from bot.waiting_list.leads import LeadFilter, LeadPage, Leads, Sort

MOST_AT_ONCE = 200
MOST_PLACES = 100_000


@dataclass(frozen=True)
class Column:
    """The people of one state, those first whose deadline runs out or who came first."""

    state: State
    page: LeadPage


def pools_page(visit: Visit) -> Response:
    """Show all pools with their places."""
    return visit.render("pools.html", pools=visit.services.waiting_list.pools(), states=ACTIVE)


def board(visit: Visit) -> Response:
    """Show one pool."""
    pool = _pool(visit)
    leads = Leads(visit.services.engine)
    columns = []
    for state in ACTIVE:
        wanted = LeadFilter(program=pool.program, season=pool.season, state=state)
        sort = Sort.DEADLINE if state in WITH_DEADLINE else Sort.POSITION
        columns.append(Column(state, leads.page(wanted, sort)))
    following = visit.services.waiting_list.next_in_line(pool.program, pool.season)
    now = visit.services.clock()
    return visit.render(
        "board.html",
        pool=pool,
        columns=columns,
        next=following,
        now=now,
        targets=[state for state in State if any(state in MOVES[active] for active in ACTIVE)],
        reply_by=now + Rules.reply_within,
        automatic=visit.services.settings.automatic_contact,
    )


def contact_next(visit: Visit) -> Response:
    """Contact the next people in line, if the line is still as it was shown."""
    pool, form = _pool(visit), visit.form
    count = form.number("count", 1, MOST_AT_ONCE)

    def change() -> str:
        contacted = visit.services.waiting_list.contact_next(
            pool.program,
            pool.season,
            count,
            visit.by,
            deadline=form.moment("deadline"),
            key=form["key"] or None,
            expected_next=form["expected_next"],
        )
        visit.details["people"] = len(contacted)
        names = ", ".join(entry.reference for entry in contacted)
        return f"Contacted: {names}." if contacted else "Nobody who may be contacted is waiting."

    return changed(visit, change, _address(pool))


def move_several(visit: Visit) -> Response:
    """Move the chosen people one by one; what is refused for one does not hold up the others."""
    pool, form = _pool(visit), visit.form
    chosen = form.all("people")
    if not 1 <= len(chosen) <= MOST_AT_ONCE:
        raise FormRefused(f"Choose 1 to {MOST_AT_ONCE} people.")
    to = form.choice("to", State, "moves")
    moved = []
    for person in chosen:
        reference, _, version = person.partition("|")
        try:
            entry = visit.services.waiting_list.move(
                reference,
                to,
                visit.by,
                reason=form["reason"] or None,
                deadline=form.moment("deadline") if to in WITH_DEADLINE else None,
                key=form["key"] or None,
                expected=version,
            )
        except StoreError:
            raise
        except WaitingListError as refusal:
            visit.say(str(refusal), "problem")
        else:
            moved.append(entry.reference)
    if moved:
        visit.say(f"{to.value.capitalize()}: {', '.join(moved)}.")
    visit.details |= {"to": to.value, "moved": len(moved), "refused": len(chosen) - len(moved)}
    for first in range(0, len(moved), 10):
        visit.details[f"people_{first // 10 + 1}"] = " ".join(moved[first : first + 10])
    return visit.redirect(_address(pool))


def set_pool(visit: Visit) -> Response:
    """Set places and opening time, if nobody else did meanwhile."""
    pool, form = _pool(visit), visit.form
    quota = form.number("quota", 0, MOST_PLACES)
    seen = replace(
        pool,
        quota=form.number("seen_quota", 0, MOST_PLACES),
        opens_at=form.moment("seen_opens_at"),
    )

    def change() -> str:
        changed = visit.services.waiting_list.set_pool(
            pool.program,
            pool.season,
            visit.by,
            quota=quota,
            opens_at=form.moment("opens_at"),
            reason=form["reason"] or None,
            expected=seen,
        )
        visit.details["quota"] = changed.quota
        return f"{changed.quota} places now."

    return changed(visit, change, _address(pool))


def _address(pool: Pool) -> str:
    return f"/list/{pool.program}/{pool.season}"


def _pool(visit: Visit) -> Pool:
    """Return the pool of the address, and name it to the audit.

    Raises:
        PoolNotFound: there is none.
    """
    program, season = visit.param("program"), visit.param("season")
    for pool in visit.services.waiting_list.pools():
        if (pool.program, pool.season) == (program, season):
            visit.subject = f"pool:{program}/{season}"
            return pool
    raise PoolNotFound(program, season)


BOARD = "/list/{program}/{season}"
PAGES = (
    Page("GET", "/list", pools_page, Permission.READ, NOTHING, "The list"),
    Page("GET", BOARD, board, Permission.READ, "list.view"),
    Page("POST", f"{BOARD}/contact", contact_next, Permission.WORK, "list.contact_next"),
    Page("POST", f"{BOARD}/move", move_several, Permission.WORK, "list.move"),
    Page("POST", f"{BOARD}/pool", set_pool, Permission.ADMINISTER, "list.pool_set"),
)
