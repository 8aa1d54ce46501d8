"""Finding people by words of their name or e-mail address, which are stored encrypted.

For each person the keyed hashes of those words are kept. Whole words are found, in any case and
with or without accents; a part of a word is not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from bot.encryption import keyed_hash
from bot.waiting_list.person import email_key
from bot.waiting_list.tables import EntryRow, SearchRow

_WORD = re.compile(r"[^\W_]+")


def hash_of_email(email: str) -> str:
    """Return the hash that is the same for every spelling of one address."""
    return keyed_hash("email", email_key(email))


def search_hashes(query: str) -> frozenset[str]:
    """Return the hashes that an entry must all have to match `query`; none if it has no words."""
    words: set[str] = set()
    for part in query.split():
        words |= {email_key(part)} if "@" in part[1:-1] else words_of(part)
    return _hashed(words)


def matches(query: str) -> Any:
    """Return the SQL condition for entries of people with all words of `query`.

    A query without words matches everybody.
    """
    return and_(
        True,
        *(
            EntryRow.id.in_(select(SearchRow.entry_id).where(SearchRow.hash == each))
            for each in sorted(search_hashes(query))
        ),
    )


def hashes_of_person(name: str | None, email: str | None) -> frozenset[str]:
    """Return the hashes under which a person is found."""
    address = {email_key(email)} if email else set()
    return _hashed(address | words_of(name or "") | words_of(email or ""))


def words_of(text: str) -> set[str]:
    """Return the words of `text` in lower case, without accents; O'Hara gives o, hara and ohara."""
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(each)
    )
    parts = [_WORD.findall(part) for part in plain.split()]
    return {word for part in parts for word in (*part, "".join(part)) if word}


def index_person(session: Session, entry_id: int, name: str | None, email: str | None) -> None:
    """Make the person of an entry findable by this name and address only."""
    session.execute(delete(SearchRow).where(SearchRow.entry_id == entry_id))
    rows = [{"entry_id": entry_id, "hash": each} for each in hashes_of_person(name, email)]
    if rows:
        session.execute(insert(SearchRow), rows)


def _hashed(words: set[str]) -> frozenset[str]:
    return frozenset(keyed_hash("search", word) for word in words)
