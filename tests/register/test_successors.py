"""What took the place of a withdrawn decision is told in public once it is public itself."""

from datetime import date

from pipeline.domain.event import EventKind
from pipeline.register import open_register
from tests.register.builders import FIRST, FORBIDDEN, examined, happened, number, policy

CHANGED = (happened(EventKind.CHANGED, remade_as="某综执罚决字﹝2024﹞第2号"),)
NEXT = date(2024, 6, 20)


def test_a_withdrawn_decision_leads_to_the_one_that_replaced_it(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        register.mark_seen(today=FIRST, actor="rebuild")
        mark = register.public_changes(None).mark
        register.reconcile([examined(1, events=CHANGED)], policy(), today=NEXT, actor="rebuild")
        assert register.public_changes(mark).successors == ()
        register.reconcile([examined(2)], policy(), today=NEXT, actor="rebuild")
        told = register.public_changes(mark).successors
    assert told == ((number(1).slug, number(2).slug),)


def test_what_may_not_be_disclosed_is_named_nowhere(place: str) -> None:
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        register.mark_seen(today=FIRST, actor="rebuild")
        items = [examined(1, events=CHANGED), examined(2, verdict=FORBIDDEN)]
        register.reconcile(items, policy(), today=NEXT, actor="rebuild")
        changes = register.public_changes(None)
        assert changes.successors == ()
        assert number(2).display not in str(tuple(changes.records))


def test_a_decision_remade_under_its_own_number_follows_nothing(place: str) -> None:
    same = (happened(EventKind.REVOKED, remade_as=number(1).display),)
    with open_register(place) as register:
        register.reconcile([examined(1)], policy(), today=FIRST, actor="rebuild")
        register.mark_seen(today=FIRST, actor="rebuild")
        register.reconcile([examined(1, events=same)], policy(), today=NEXT, actor="rebuild")
        assert register.public_changes(None).successors == ()
