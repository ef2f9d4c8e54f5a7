"""Alembic migrations, applied when a desk is opened."""
