"""What the public side may know of an entry: its public record and the digest of it."""

from datetime import date

import msgspec

from pipeline.domain.public import PublicRecord, Standing
from pipeline.lifecycle.model import State
from pipeline.projection.codec import decode_cleared, digest_of
from pipeline.register.entry import Entry

_STANDINGS = {
    State.PUBLISHED: Standing.PUBLISHED,
    State.SUSPENDED: Standing.SUSPENDED,
    State.WITHDRAWN: Standing.WITHDRAWN,
    State.EXPIRED: Standing.EXPIRED,
}


def public_digest(entry: Entry, changed_on: date | None) -> str:
    """Return the SHA-256 of all that is public of ``entry``; empty when nothing is."""
    if not entry.is_public:
        return ""
    shown = (
        entry.key,
        entry.slug,
        entry.case_number,
        entry.state,
        entry.first_published_on,
        changed_on,
        entry.content_digest if entry.state is State.PUBLISHED else "",
        entry.notice,
        entry.corrections,
    )
    return digest_of(msgspec.json.encode(shown))


def public_record(entry: Entry, cleared: bytes | None) -> PublicRecord:
    """Return what stands at the address of a public entry.

    Raises ``ValueError`` when the entry is not whole: published without its text, or undated.
    """
    if entry.first_published_on is None or entry.changed_on is None:
        raise ValueError("a public entry is dated")
    published = entry.state is State.PUBLISHED
    return PublicRecord(
        key=entry.key,
        slug=entry.slug,
        case_number=entry.case_number,
        standing=_STANDINGS[entry.state],
        first_published_on=entry.first_published_on,
        changed_on=entry.changed_on,
        decision=decode_cleared(cleared) if published and cleared is not None else None,
        notice=None if published else entry.notice,
        corrections=entry.corrections if published else (),
        digest=entry.public_digest,
    )
