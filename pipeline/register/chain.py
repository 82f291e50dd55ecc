"""The hash chain of events.

Each row seals the one before, so that nothing can be altered, removed or moved unseen.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec

START = "0" * 64
"""What the first event has in the place of a previous hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One event as stored. ``detail`` is canonical JSON; ``hash`` covers everything else."""

    seq: int
    run: int
    on_day: date
    key: str
    kind: str
    actor: str
    detail: str
    prev: str
    hash: str = ""


def seal(event: Sealed) -> str:
    """Return the SHA-256 of the event's canonical JSON without its hash."""
    fields = {name: getattr(event, name) for name in Sealed.__slots__ if name != "hash"}
    return hashlib.sha256(msgspec.json.encode(fields, order="sorted")).hexdigest()


def faults(events: Iterable[Sealed]) -> tuple[str, ...]:
    """Return, in Chinese, each break of the chain: altered, missing or reordered events."""
    found = []
    seq, prev = 0, START
    for event in events:
        if event.seq != seq + 1:
            found.append(f"事件 {seq + 1} 至 {event.seq - 1} 缺失")
        if event.prev != prev:
            found.append(f"事件 {event.seq} 与前一事件不衔接")
        if seal(event) != event.hash:
            found.append(f"事件 {event.seq} 的内容已被改动")
        seq, prev = event.seq, event.hash
    return tuple(found)
