"""Alembic's entry: run the migrations on the connection that ``pipeline.register`` opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
