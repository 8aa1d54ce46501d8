"""Writing every encrypted column anew with the newest key."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Table, Text, and_, select, tuple_, type_coerce, update
from sqlalchemy.engine import Connection, Engine

from bot.encryption import EncryptedText, keyring, renew_check
from bot.keeping import keepers_in

AT_ONCE = 500


def rotate(engine: Engine) -> int:
    """Encrypt with the newest key what an older one encrypted; return how many values.

    Works in batches beside a running assistant. Broken off, it goes on where it stood: what the
    newest key opens already is left alone.

    Raises:
        EncryptionError: none of the keys opens a value; the batches before stay done.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer.
    """
    with engine.connect() as connection, connection.begin():
        tables = [table for keeper in keepers_in(connection) for table in keeper.tables]
    number = 0
    for table in tables:
        columns = [c for c in table.columns if isinstance(c.type, EncryptedText)]
        after: tuple[object, ...] | None = None
        while columns:
            with engine.begin() as connection:
                done, after = _rotate_batch(connection, table, columns, after)
            number += done
            if after is None:
                break
    with engine.begin() as connection:
        renew_check(connection)
    return number


def _rotate_batch(
    connection: Connection,
    table: Table,
    columns: list[Column],
    after: tuple[object, ...] | None,
) -> tuple[int, tuple[object, ...] | None]:
    key = list(table.primary_key.columns)
    raw = [type_coerce(column, Text).label(column.name) for column in columns]
    query = select(*key, *raw).order_by(*key).limit(AT_ONCE).with_for_update()
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(*after))
    rows = connection.execute(query).all()
    number = 0
    for row in rows:
        changed = dict(_rotated({column.name: row._mapping[column.name] for column in columns}))
        if changed:
            this = and_(*(column == row._mapping[column.name] for column in key))
            values = {table.c[name]: type_coerce(token, Text) for name, token in changed.items()}
            connection.execute(update(table).where(this).values(values))
            number += len(changed)
    last = tuple(rows[-1]._mapping[column.name] for column in key) if rows else None
    return number, last


def _rotated(tokens: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    keys = keyring()
    for name, token in tokens.items():
        if token is not None and not keys.is_newest(token):
            yield name, keys.encrypt(keys.decrypt(token))
