"""The dashboard: how many came, what they asked, how far they got, how the lists are filled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from bot.console.charts import Bar, columns, share_of
from bot.console.conversation_query import end_of, start_of
from bot.console.labels import known_labels
from bot.console.lead_query import read_day
from bot.console.page import Page
from bot.console.permissions import Permission
from bot.console.rendering import OUTCOME_WORDS, STATE_WORDS
from bot.console.visit import Visit
from bot.conversation.questions import APPLICATION_QUESTIONS, QUESTIONS
from bot.knowledge.country_names import country_name
from bot.transcripts.figures import Figures, Step, read_figures
from bot.transcripts.search import ConversationFilters
from bot.waiting_list.durations import median_stays

RANGES = {"7": 7, "30": 30, "90": 90, "365": 365}
DEFAULT_RANGE = "30"
FUNNEL = (
    "greeted",
    "prescreening",
    *(f"prescreening.{name}" for name in QUESTIONS),
    "decided",
    "application",
    *(f"application.{name}" for name in APPLICATION_QUESTIONS),
    "applied",
)
STEP_WORDS = {
    "greeted": "Wrote a message",
    "prescreening": "Began the pre-screening",
    "decided": "Heard where they stand",
    "application": "Began to apply",
    "applied": "Is on a list",
}


def dashboard(visit: Visit) -> Response:
    """Show the figures of a range of days; each bar opens what it counts."""
    services = visit.services
    today = services.clock().date()
    chosen, since, until = _range(visit, today)
    filters = ConversationFilters(since=start_of(since), until=end_of(until))
    figures = read_figures(services.engine, filters)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    visit.details = days
    stays = median_stays(services.engine, start_of(since), end_of(until))

    def address(**wanted: str) -> str:
        return f"/conversations?{urlencode(wanted | days)}"

    return visit.render(
        "dashboard.html",
        chosen=chosen,
        ranges=tuple(RANGES),
        since=since,
        until=until,
        totals=figures.totals,
        address=address,
        columns=columns(figures.days, since, until),
        topics=_topics(figures, address),
        funnel=_funnel(figures, address),
        outcomes=_outcomes(visit, figures, address),
        countries=_countries(figures, address),
        quotas=_quotas(visit),
        stays=_stays(stays),
    )


def _range(visit: Visit, today: date) -> tuple[str, date, date]:
    since, until = read_day(visit.query["since"]), read_day(visit.query["until"])
    if since or until:
        until = until or today
        since = min(since or until, until)
        return "", since, until
    chosen = visit.query["range"] if visit.query["range"] in RANGES else DEFAULT_RANGE
    return chosen, today - timedelta(days=RANGES[chosen] - 1), today


def _topics(figures: Figures, address: Any) -> list[Bar]:
    words = dict(known_labels())
    most = share_of(figures.topics.values())
    return [
        Bar(words.get(label, label), str(number), number / most, address(topic=label))
        for label, number in figures.topics.items()
    ]


def _funnel(figures: Figures, address: Any) -> list[Bar]:
    first = figures.steps.get("greeted", Step(0, 0)).reached or 1
    bars = []
    for name in FUNNEL:
        step = figures.steps.get(name)
        if step is None:
            continue
        question = name.partition(".")[2]
        bars.append(
            Bar(
                label=STEP_WORDS.get(name) or f"Was asked: {question.replace('_', ' ')}",
                value=f"{step.reached} ({step.reached / first:.0%})",
                share=step.reached / first,
                href=address(step=name),
                second=0 if name == "applied" else step.stopped / first,
                note=f"{step.stopped} stopped here" if step.stopped and name != "applied" else "",
                note_href=address(stopped_at=name),
            )
        )
    return bars


def _outcomes(visit: Visit, figures: Figures, address: Any) -> list[Bar]:
    most = share_of(figures.outcomes.values())
    programs = visit.services.knowledge.programs
    return [
        Bar(
            f"{programs[program].title if program in programs else program}: "
            f"{OUTCOME_WORDS.get(outcome, outcome).lower()}",
            str(number),
            number / most,
            address(program=program, outcome=outcome),
        )
        for (program, outcome), number in figures.outcomes.items()
    ]


def _countries(figures: Figures, address: Any) -> list[Bar]:
    most = share_of(figures.countries.values())
    return [
        Bar(country_name(code), str(number), number / most, address(country=code))
        for code, number in figures.countries.items()
    ]


def _quotas(visit: Visit) -> list[Bar]:
    programs = visit.services.knowledge.programs
    return [
        Bar(
            f"{programs[pool.program].title if pool.program in programs else pool.program} "
            f"{pool.season}",
            f"{pool.in_use} of {pool.quota}",
            pool.in_use / max(pool.quota, pool.in_use, 1),
            f"/list/{pool.program}/{pool.season}",
        )
        for pool in visit.services.waiting_list.pools()
    ]


def _stays(stays: Any) -> list[Bar]:
    longest = max((stay.total_seconds() for stay, _ in stays.values()), default=0) or 1
    return [
        Bar(
            STATE_WORDS.get(state.value, state.value),
            _in_words(stay),
            stay.total_seconds() / longest,
            f"/leads?state={state.value}",
            note=f"{number} {'person' if number == 1 else 'people'} left it",
        )
        for state, (stay, number) in stays.items()
    ]


def _in_words(stay: timedelta) -> str:
    hours = stay.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.1f} days"


PAGES = (Page("GET", "/dashboard", dashboard, Permission.READ, "dashboard.view", "Dashboard"),)
