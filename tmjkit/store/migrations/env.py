"""Run the steps on the connection that `upgrade` hands over. Alembic executes this file."""

from alembic import context

from tmjkit.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
