"""The digest of a decision's own words: tells a changed text from a changed engine or status."""

import hashlib

import msgspec

from pipeline.domain.decision import Decision


def text_digest(decision: Decision) -> str:
    """Return the SHA-256 of what the organ decided, whatever its status and its reviews.

    Equal for two exports of the same text; what redaction makes of it plays no part.
    """
    words = (
        decision.organ,
        decision.decided_on,
        decision.title,
        [(party.kind, party.name, party.code) for party in decision.parties],
        decision.violation_kind,
        decision.facts,
        decision.legal_basis,
        decision.penalties,
        decision.penalty_text,
        decision.document,
    )
    return hashlib.sha256(msgspec.json.encode(words)).hexdigest()
