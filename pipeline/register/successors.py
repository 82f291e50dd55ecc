"""Which decision took the place of a withdrawn one: told in public once both are public.

Until then the 文号 of the later one stays private: it may never be disclosed.
"""

import sqlalchemy as sa

from pipeline.domain.case_number import CaseNumber
from pipeline.lifecycle.model import State
from pipeline.register import ledger
from pipeline.register.tables import decision


def successors(connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    """Return the addresses of withdrawn decisions, each with that of the one that replaced it.

    Where several events name one, the latest counts.
    """
    withdrawn = ledger.entries_where(
        connection,
        decision.c.state == State.WITHDRAWN.value,
        decision.c.events.contains('"remade_as":"'),
    )
    named = {
        entry.slug: key
        for entry in withdrawn
        for event in entry.events
        if (key := _key(event.remade_as)) and key != entry.key
    }
    public: dict[str, str] = {}
    for keys in ledger.batches(sorted(set(named.values()))):
        query = sa.select(decision.c.key, decision.c.slug).where(
            decision.c.key.in_(keys), decision.c.state == State.PUBLISHED.value
        )
        public.update((row.key, row.slug) for row in connection.execute(query))
    return tuple(sorted((slug, public[key]) for slug, key in named.items() if key in public))


def _key(number: str) -> str:
    try:
        return CaseNumber.parse(number).key
    except ValueError:
        return ""
