"""The active seasons and programs together, and their figures as words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.model import CATEGORIES, Figure, KnowledgeError, Season, Source
from bot.knowledge.program import Program

NOT_PUBLISHED = "not published yet"

FIGURE_IDS = (
    "iec_season",
    "ro_season",
    "participation_fee",
    "open_work_permit_fee",
    "biometrics_fee",
    "working_holiday_total_fee",
    "employer_fee",
    "pools_open",
    "first_round",
    "pools_closed",
    "processing_time",
    "minimum_funds",
    "bank_statement_days",
    "ita_accept_days",
    "ita_submit_days",
    "biometrics_days",
    "poe_letter_months",
    "profile_days",
    "minimum_age",
    "upper_ages",
    "coop_teer",
    "coop_teer_review",
    "young_professionals_teer",
    "young_professionals_teer_review",
    "default_permit_months",
    "coop_documents",
    "agreement_contents",
    "ro_opening",
    "ro_lifetime_participations",
    "ro_upper_age",
    "country_count_working_holiday",
    "country_count_young_professionals",
    "country_count_international_coop",
)


@dataclass(frozen=True)
class Knowledge:
    """The active seasons together: IEC for direct programs, RO for programs of the organization."""

    iec: Season
    ro: Season
    programs: Mapping[str, Program]
    sources: Mapping[str, Source]

    def program(self, program: str) -> Program:
        """The program with this id.

        Raises:
            KnowledgeError: there is none.
        """
        if program not in self.programs:
            raise KnowledgeError(
                f"There is no program {program!r}. Known: {', '.join(self.programs)}."
            )
        return self.programs[program]

    def season_of(self, program: str) -> Season:
        """The season that `program` is judged by."""
        return self.ro if self.program(program).through_ro else self.iec

    def figure(self, figure: str) -> Figure | None:
        """The figure with this id in the active season it belongs to, or None if unpublished."""
        season = self.ro if figure.startswith("ro_") else self.iec
        return season.figures.get(figure)

    def figure_texts(self) -> dict[str, str]:
        """Every figure as words that fit into a sentence, by id.

        Money reads "CAD 172", a date "11 December 2023"; ids that end in `_days` or `_months`, ages
        and counts are the bare number. A figure that the season has not published reads
        `NOT_PUBLISHED`, so every id of `FIGURE_IDS` is always there.
        """
        texts = dict.fromkeys(FIGURE_IDS, NOT_PUBLISHED)
        texts |= {
            name: figure.text
            for through_ro, season in ((True, self.ro), (False, self.iec))
            for name, figure in season.figures.items()
            if name.startswith("ro_") is through_ro
        }
        uppers = sorted(
            {
                pool.ages.maximum
                for country in self.iec.countries.values()
                for pool in country.pools.values()
            }
        )
        texts |= {
            "iec_season": self.iec.id,
            "ro_season": self.ro.id,
            "upper_ages": " or ".join(map(str, uppers)),
        }
        for category in CATEGORIES:
            count = len(self.iec.open_countries(category))
            texts[f"country_count_{category}"] = str(count)
        return texts
