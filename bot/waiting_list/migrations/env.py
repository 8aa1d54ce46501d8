"""Run by Alembic, on the connection that `bot.waiting_list.migrations` hands over."""

from __future__ import annotations

from alembic import context

from bot.waiting_list.migrations import VERSION_TABLE
from bot.waiting_list.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
