"""送达: whether service is on record in the way its method asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.casefile.content import lacking
from pipeline.casefile.model import CaseFile, Entry, Lack
from pipeline.domain.process_record import Act, Medium
from pipeline.policy.duty import Duty
from pipeline.policy.duty_words import METHODS


@dataclass(frozen=True, slots=True)
class _Service:
    """One way in which something was served, and the records of it."""

    method: str
    entries: tuple[Entry, ...]


def service_method_known(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the way of service is known: what must be on record depends on it."""
    unknown = [each for each in _services(file) if each.method not in METHODS]
    if unknown:
        entries = tuple(entry for each in unknown for entry in each.entries)
        yield Lack("没有写明送达方式，或者不是规定的方式", Act.SERVICE, entries, adverse=False)


def served_with(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether service by one of ``methods`` has a record in each of ``media``.

    One of its records must hold each of ``contents``.
    """
    for service in _services(file):
        if service.method in duty.values("methods"):
            yield from _lacking(service, duty)


def _services(file: CaseFile) -> Iterator[_Service]:
    """Yield the ways of service. A record that names none is of the way the decision names."""
    if not file.took_place(Act.SERVICE):
        return
    usual = method_of(file.decision.service_method)
    by_method: dict[str, list[Entry]] = {}
    for entry in file.of(Act.SERVICE):
        by_method.setdefault(method_of(entry.record.method) or usual, []).append(entry)
    if not by_method:
        by_method[usual] = []
    for method, entries in by_method.items():
        yield _Service(method, tuple(entries))


def method_of(text: str) -> str:
    """Return the way of service that ``text`` names; itself when it names none, empty for empty.

    >>> method_of("留置"), method_of("直接送达（签收）"), method_of("")
    ('留置送达', '直接送达', '')
    """
    for method, words in METHODS.items():
        if any(word in text for word in words):
            return method
    return text.strip()


def _lacking(service: _Service, duty: Duty) -> Iterator[Lack]:
    media = {entry.record.medium for entry in service.entries}
    for medium in map(Medium, duty.values("media")):
        if medium not in media:
            yield Lack(f"{service.method}没有{medium.value}记录", Act.SERVICE, service.entries)
    held = {each for entry in service.entries for each in entry.record.contents}
    points = lacking(duty.values("contents"), held)
    if points and held:
        yield Lack(f"{service.method}没有{'、'.join(points)}", Act.SERVICE, service.entries)
    elif points and duty.is_gate:
        problem = f"没有写明{service.method}留存了哪些凭证"
        yield Lack(problem, Act.SERVICE, service.entries, adverse=False)
