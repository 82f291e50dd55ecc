"""The site at other places, brought there by rsync: removals first, the switch last.

A mirror is a folder like our own: ``releases/blue`` and ``releases/green``, ``current`` that
leads to one of them, and ``gone.map`` beside it.
"""

from pipeline.operations.mirror.deploy import Brought, check, deploy

__all__ = ["Brought", "check", "deploy"]
