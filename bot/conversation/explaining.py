"""From a decision, and from what is known, to the words a visitor reads.

Never "you are eligible": a decision says which published criteria seem met, which seem not to be
met and why, and what needs a person. Every text names season and source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.conversation.words import Words, and_list
from bot.eligibility import Decision, Finding, Outcome, Status
from bot.knowledge import CATEGORY_NAMES, Knowledge, Source, long_date
from bot.knowledge.country_names import country_name

SOURCES_SHOWN = 2
_CARD_ORDER = (Status.UNMET, Status.UNKNOWN, Status.MET)
REMARKS = frozenset(
    {
        "age_at_limit",
        "birthday_near_limit",
        "condition_to_check",
        "participation_not_counted",
        "passport_shortens_stay",
        "stay_left",
    }
)
"""Reasons of criteria that seem met and still are worth a sentence."""


def explain(decision: Decision, knowledge: Knowledge, words: Words) -> str:
    """Return one readable text for `decision`, a line a point.

    It says what seems not to be met and why, what a person must look at, what seems met, the
    longest stay, and where this comes from.
    """
    headline = words.say(
        f"utter_decision_{decision.outcome.value}",
        program=knowledge.program(decision.program).title,
        season=decision.season,
    )
    unmet, unknown = decision.having(Status.UNMET), decision.having(Status.UNKNOWN)
    open_points = () if decision.outcome is Outcome.NOT_QUALIFIED else unknown
    lines = [headline]
    lines += [f"✗ {_reason(finding, words)}" for finding in unmet]
    lines += [f"? {_reason(finding, words)}" for finding in open_points]
    lines += _met(decision, words)
    if decision.max_stay_months is not None:
        lines.append(words.say("utter_decision_stay", months=decision.max_stay_months))
    lines.append(_where_from(unmet or open_points or decision.findings, decision.season, words))
    return "\n".join(lines)


def card(decision: Decision, knowledge: Knowledge, words: Words) -> dict[str, Any]:
    """Return what `explain` says as JSON that a page can lay out, criterion by criterion."""
    settled = decision.outcome is Outcome.NOT_QUALIFIED
    shown = [one for one in decision.findings if not (settled and one.status is Status.UNKNOWN)]
    findings = sorted(shown, key=lambda finding: _CARD_ORDER.index(finding.status))
    sources = {finding.source.id: finding.source for finding in findings}
    return {
        "program": knowledge.program(decision.program).title,
        "season": decision.season,
        "outcome": decision.outcome.value,
        "max_stay_months": decision.max_stay_months,
        "findings": [
            {
                "label": words.say(f"utter_criterion_{finding.criterion}"),
                "status": finding.status.value,
                "reason": _reason(finding, words),
            }
            for finding in findings
        ],
        "sources": [
            {"title": source.title, "url": source.url, "read": long_date(source.read)}
            for source in list(sources.values())[:SOURCES_SHOWN]
        ],
    }


def describe_facts(facts: Mapping[str, Any], words: Words) -> str:
    """Return what is known about the applicant as one readable list.

    Facts that hold "unknown" are left out, and the age when the date of birth says it better.
    """
    return ", ".join(list_facts(facts, words))


def list_facts(facts: Mapping[str, Any], words: Words) -> list[str]:
    """Return what is known about the applicant, without what holds "unknown"."""
    return [
        _fact(name, value, words)
        for name, value in facts.items()
        if value not in (None, "unknown") and name != "program"
    ]


def _met(decision: Decision, words: Words) -> list[str]:
    met = decision.having(Status.MET)
    if not met:
        return []
    labels = and_list(words.say(f"utter_criterion_{finding.criterion}") for finding in met)
    remarks = [f"! {_reason(finding, words)}" for finding in met if finding.reason in REMARKS]
    return [words.say("utter_decision_met", criteria=labels), *remarks]


def _reason(finding: Finding, words: Words) -> str:
    return words.say(f"utter_reason_{finding.reason}", **finding.values)


def _where_from(findings: Iterable[Finding], season: str, words: Words) -> str:
    sources: dict[str, Source] = {finding.source.id: finding.source for finding in findings}
    shown = list(sources.values())[:SOURCES_SHOWN]
    return words.say(
        "utter_decision_source",
        sources=and_list(source.title for source in shown),
        season=season,
        read=long_date(max(source.read for source in shown)),
    )


def _fact(name: str, value: Any, words: Words) -> str:
    if isinstance(value, bool):
        return words.say(f"utter_fact_{name}_{'yes' if value else 'no'}")
    return words.say(f"utter_fact_{name}", value=_shown(name, value))


def _shown(name: str, value: Any) -> str:
    if name == "nationalities":
        return and_list(country_name(iso) for iso in value)
    if name == "residence":
        return country_name(value)
    if name in ("date_of_birth", "passport_expires"):
        return long_date(date.fromisoformat(value))
    if name == "previous_participations":
        return and_list(_participation(one) for one in value) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _participation(one: Mapping[str, Any]) -> str:
    category = CATEGORY_NAMES.get(one.get("category") or "", "IEC")
    return f"{category} {one['year']}" if one.get("year") else category
