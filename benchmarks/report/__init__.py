"""``docs/performance.md`` and its charts, from the figures that were measured."""
