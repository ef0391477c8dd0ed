"""Alembic's entrance: it runs on the connection that `store.migrating` hands over."""

from alembic import context

from discuss.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
