"""Who is meant: from an address, a reference code or a conversation id to what is theirs."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from bot.keeping import Person, keepers_in
from bot.privacy.errors import NobodyFound
from bot.waiting_list.reference import is_reference, normal_reference


def identify(connection: Connection, named: str) -> Person:
    """Return everything by which the person `named` is known in any room.

    An address leads to all applications made with it, these to their conversations. A conversation
    leads to no application, because several people may have applied in one.

    Raises:
        NobodyFound: no room knows anything under that name.
    """
    person = _named(named.strip())
    found = _all_of(connection, person)
    if found == person and not person.conversations & everybody(connection).conversations:
        raise NobodyFound
    return found


def everybody(connection: Connection) -> Person:
    """Return all addresses, references and conversations that any room knows."""
    everyone = Person()
    for keeper in keepers_in(connection):
        everyone |= keeper.everybody(connection)
    return everyone


def _named(text: str) -> Person:
    if "@" in text:
        return Person(emails=frozenset({text}))
    if is_reference(text):
        return Person(references=frozenset({normal_reference(text)}))
    return Person(conversations=frozenset({text}))


def _all_of(connection: Connection, person: Person) -> Person:
    while True:
        wider = person
        for keeper in keepers_in(connection):
            wider |= keeper.find(connection, wider)
        if wider == person:
            return person
        person = wider
