"""The simulation runs once; its tests look at different sides of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from functools import cache

import pytest
import rasa.shared.utils.common as rasa_common
from rasa.core.agent import Agent

from actions.services import services as open_services
from bot.channels.in_process_actions import compile_result_check
from bot.settings import settings
from bot.tracking.store import GuardedTrackerStore
from tests.dialogue.conftest import NOON, agent
from tests.simulation.simulating import SEED, Figures, simulate

__all__ = ["agent"]
APPLICANTS = "IEC_SIMULATED_APPLICANTS"
SEED_NAME = "IEC_SIMULATION_SEED"


@pytest.fixture(scope="session")
def figures(agent: Agent, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """What happened to 200 applicants; IEC_SIMULATED_APPLICANTS asks for another number.

    Two things that Rasa computes anew for every event and action are kept, which saves two thirds
    of the time and changes nothing else.
    """
    compile_result_check()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IEC_DATA_DIR", str(tmp_path_factory.mktemp("simulation")))
        patch.setattr(rasa_common, "all_subclasses", cache(rasa_common.all_subclasses))
        settings.cache_clear()
        open_services.cache_clear()
        services = open_services()
        services.clock = lambda: NOON
        agent.tracker_store = agent.processor.tracker_store = GuardedTrackerStore(agent.domain)
        count = int(os.environ.get(APPLICANTS, "200"))
        seed = int(os.environ.get(SEED_NAME, SEED))
        measured = Figures(asyncio.run(simulate(agent, services, count, seed)))
        print(measured.table())
        yield measured
    settings.cache_clear()
    open_services.cache_clear()
