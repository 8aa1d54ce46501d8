"""What is read from people's own words about themselves, with floors."""

from __future__ import annotations

import pytest

from bot.conversation.reading.weighing.examples import EXAMPLES, descriptions
from bot.nlu.measuring.reading import SetOfDescriptions, measure_reading, read_sets
from bot.settings import PROJECT_ROOT

TABLE = PROJECT_ROOT / "tests" / "nlu" / "self_descriptions.yml"
SETS = read_sets(TABLE)


def test_every_set_has_floors_and_no_sentence_stands_twice():
    said = [each.say for one in SETS for each in descriptions(one.path)]
    folders = (EXAMPLES, TABLE.with_suffix(""))
    assert {one.path for one in SETS} == {path for each in folders for path in each.glob("*.yml")}
    assert len(said) == len(set(said)) >= 200


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.name)
def test_nearly_every_sentence_is_read_entirely_right_and_hardly_any_wrongly(
    one: SetOfDescriptions,
):
    figures = measure_reading(one.path)
    report = "\n".join(
        [
            f"{figures.right:.1%} entirely right, {figures.wrong:.1%} with a wrong value",
            *([] if one.kept_apart else figures.faults),
        ]
    )
    assert 100 * figures.right >= one.floor.right, report
    assert 100 * figures.wrong <= one.floor.wrong, report
