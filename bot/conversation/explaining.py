"""From a decision to the words a visitor reads.

Never "you are eligible": a decision says which published criteria seem met, which seem not to be
met and why, and what needs a person. Every text names season and source.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.words import Words, and_list
from bot.eligibility import Decision, Finding, Outcome, Status
from bot.knowledge import Knowledge


def explain(decision: Decision, knowledge: Knowledge, words: Words) -> str:
    """Return one readable text for `decision`: what holds, what does not and why, how long.

    A decision that is `not_qualified` lists what seems not to be met; one that needs review lists
    what a person must look at. The criteria that seem met are named in one line.
    """
    program = knowledge.program(decision.program)
    lines = [
        words.say(
            f"utter_decision_{decision.outcome.value}",
            program=program.name,
            season=decision.season,
        )
    ]
    if decision.citizenship and decision.outcome is not Outcome.NOT_QUALIFIED:
        lines += _citizenship(decision, words)
    lines += [f"✗ {_reason(finding, words)}" for finding in _with(decision, Status.UNMET)]
    if decision.outcome is Outcome.NEEDS_REVIEW:
        lines += [f"? {_reason(finding, words)}" for finding in _with(decision, Status.UNKNOWN)]
    met = [words.say(f"utter_criterion_{f.criterion}") for f in _with(decision, Status.MET)]
    if met:
        lines.append(words.say("utter_decision_met", criteria=and_list(met)))
    lines += [f"! {_reason(finding, words)}" for finding in decision.findings if _is_warning(finding)]
    if decision.max_stay_months is not None:
        lines.append(words.say("utter_decision_stay", months=decision.max_stay_months))
    lines.append(
        words.say("utter_decision_source", sources=and_list(_sources(decision)), season=decision.season)
    )
    return "\n".join(lines)
