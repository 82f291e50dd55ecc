"""Cleared values as JSON and back. Knows no raw type: nothing else can be written here."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

import msgspec

from pipeline.domain.annual import AnnualFigures
from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.public import PublicRecord

_ENCODER = msgspec.json.Encoder()
_DECISION = msgspec.json.Decoder(ClearedDecision)
_NAMES = msgspec.json.Decoder(tuple[str, ...])
_FIGURES = msgspec.json.Decoder(AnnualFigures)
_RECORD = msgspec.json.Decoder(PublicRecord)


def encode_cleared(decision: ClearedDecision) -> bytes:
    """Return the decision as JSON; equal decisions give equal bytes."""
    return _ENCODER.encode(decision)


def decode_cleared(text: bytes) -> ClearedDecision:
    """Return the decision that ``encode_cleared`` wrote.

    Raises ``msgspec.DecodeError`` for anything else.
    """
    return _DECISION.decode(text)


def encode_record(record: PublicRecord) -> bytes:
    """Return the public record as JSON; equal records give equal bytes."""
    return _ENCODER.encode(record)


def decode_record(text: bytes) -> PublicRecord:
    """Return the record that ``encode_record`` wrote.

    Raises ``msgspec.DecodeError`` for anything else.
    """
    return _RECORD.decode(text)


def encode_figures(figures: AnnualFigures) -> bytes:
    """Return the figures of a year as JSON; equal figures give equal bytes."""
    return _ENCODER.encode(figures)


def decode_figures(text: bytes) -> AnnualFigures:
    """Return the figures that ``encode_figures`` wrote.

    Raises ``msgspec.DecodeError`` for anything else, also for parts that do not add up.
    """
    return _FIGURES.decode(text)


def encode_names(names: Iterable[str]) -> str:
    """Return a list of texts as JSON, for one column."""
    return _ENCODER.encode(list(names)).decode()


def decode_names(text: str) -> tuple[str, ...]:
    """Return the texts that ``encode_names`` wrote."""
    return _NAMES.decode(text)


def digest_of(text: bytes) -> str:
    """Return the SHA-256 of encoded content, in hexadecimal."""
    return hashlib.sha256(text).hexdigest()


def sealed(record: PublicRecord) -> PublicRecord:
    """Return the record with the digest of everything else in it."""
    return replace(record, digest=digest_of(encode_record(replace(record, digest=""))))
