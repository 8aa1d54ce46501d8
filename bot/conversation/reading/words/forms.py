"""Tables of words and their forms, turned round: from each form to its word."""

from __future__ import annotations

from collections.abc import Mapping


def by_form(table: Mapping[str, str]) -> dict[str, str]:
    """Return the word of each form in a table such as {"year": "year yr yrs"}."""
    return {form: word for word, forms in table.items() for form in forms.split()}
