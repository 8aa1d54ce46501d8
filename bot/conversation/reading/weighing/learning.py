"""Learning the weights from examples; run by `iec nlu learn`, never while the assistant runs.

Each question is a multinomial logistic regression on the evidence as it is there or not. What a
careful reader may or may not take from a sentence ("maybe") is no example of either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from bot.conversation.reading.clauses import Clause, clauses
from bot.conversation.reading.weighing.candidates import ages, countries
from bot.conversation.reading.weighing.evidence import Heard, around, of_text
from bot.conversation.reading.weighing.examples import Description
from bot.conversation.reading.weighing.outcomes import NEITHER, NEXT_BIRTHDAY, outcome_of
from bot.conversation.reading.weighing.scales import Floats, Scales
from bot.conversation.reading.words.said import Said, listen
from bot.conversation.reading.words.word import Word

FIELDS_OF_TEXTS = (
    "student",
    "job_offer",
    "placement_required",
    "in_field_of_study",
    "insurance",
    "return_ticket",
    "dependants",
    "admissibility_concern",
    "program",
    "previous_participations",
)
INVERSE_REGULARISATION = 2.0
LIGHTEST = 0.1
"""Weights below this are left out: they decide nothing and are most of the file."""
MAX_ITERATIONS = 1000

Evidence = frozenset[str]
Lesson = tuple[Evidence, dict[str, str]]
"""The evidence on one word or text, and the right outcome of each question that it settles."""


def learn(examples: Sequence[Description]) -> dict[str, Scales]:
    """Return the scales that weigh countries, ages and texts, learnt from `examples`.

    A question that all examples settle alike is left out.
    """
    heard = [(each, said, clauses(said)) for each in examples for said in [listen(each.say)]]
    return {
        "countries": _fit(_of_words(heard, countries, _of_a_country)),
        "ages": _fit(_of_words(heard, ages, _of_an_age)),
        "texts": _fit((of_text(said, pieces), _of_a_text(each)) for each, said, pieces in heard),
    }


def _of_words(
    heard: Sequence[tuple[Description, Said, list[Clause]]],
    candidates: Callable[[Said], list[int]],
    outcome: Callable[[Description, Word], dict[str, str]],
) -> Iterator[Lesson]:
    for each, said, pieces in heard:
        text = Heard(said, pieces, candidates(said))
        for position in text.alike:
            yield around(text, position), outcome(each, said.words[position])


def _of_a_country(each: Description, word: Word) -> dict[str, str]:
    """A town is at most where somebody lives: "from Dublin" names no citizenship."""
    if word.text != "PLACE" and word.value in each.facts.get("nationalities", []):
        return {"country": "nationality"}
    if word.value == each.facts.get("residence"):
        return {"country": "residence"}
    if word.value in each.maybe.get("nationalities", []) or word.value == each.maybe.get(
        "residence"
    ):
        return {}
    return {"country": NEITHER}


def _of_an_age(each: Description, word: Word) -> dict[str, str]:
    age = each.facts.get("age", each.maybe.get("age"))
    if age is not None and word.value == age:
        return {"age": "age"} if "age" in each.facts else {}
    if age is not None and word.value == age + 1 and str(age) not in each.say:
        return {"age": NEXT_BIRTHDAY}
    return {"age": NEITHER}


def _of_a_text(each: Description) -> dict[str, str]:
    return {
        field: outcome_of(each.facts[field]) if field in each.facts else NEITHER
        for field in FIELDS_OF_TEXTS
        if field not in each.maybe
    }


def _fit(lessons: Iterable[Lesson]) -> Scales:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import MultiLabelBinarizer

    rows = [(sorted(evidence), outcomes) for evidence, outcomes in lessons]
    pieces = MultiLabelBinarizer(sparse_output=True)
    matrix = pieces.fit_transform([evidence for evidence, _ in rows])
    questions: dict[str, tuple[str, ...]] = {}
    beforehand: list[float] = []
    columns: list[Floats] = []
    for question in dict.fromkeys(name for _, outcomes in rows for name in outcomes):
        settled = [row for row, (_, outcomes) in enumerate(rows) if question in outcomes]
        if len({rows[row][1][question] for row in settled}) < 2:
            continue
        regression = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=MAX_ITERATIONS)
        regression.fit(matrix[settled], [rows[row][1][question] for row in settled])
        questions[question] = tuple(str(outcome) for outcome in regression.classes_)
        for intercept, coefficients in _by_outcome(regression):
            beforehand.append(float(intercept))
            columns.append(np.where(abs(coefficients) < LIGHTEST, 0, coefficients))
    weights = np.array(columns, np.float32).T
    weighty = weights.any(axis=1)
    return Scales(
        questions,
        np.array(beforehand, np.float32),
        {piece: row for row, piece in enumerate(pieces.classes_[weighty])},
        weights[weighty],
    )


def _by_outcome(regression: Any) -> Iterator[tuple[float, Any]]:
    """Yield intercept and coefficients of each outcome; of two, scikit-learn gives the second's."""
    if len(regression.classes_) == 2:
        yield 0.0, 0.0 * regression.coef_[0]
    yield from zip(regression.intercept_, regression.coef_, strict=True)
