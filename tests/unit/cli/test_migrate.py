"""`iec migrate` names the database, but never its password."""

from __future__ import annotations

import pytest

from bot.cli.migrate import without_password


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("sqlite:////srv/iec/iec.db", "sqlite:////srv/iec/iec.db"),
        ("postgresql://iec:s3cret@db:5432/iec", "postgresql://iec:***@db:5432/iec"),
        ("postgresql://iec@db/iec", "postgresql://iec@db/iec"),
    ],
)
def test_an_address_is_shown_without_its_password(url, shown):
    assert without_password(url) == shown
