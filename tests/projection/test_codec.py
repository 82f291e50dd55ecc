"""Cleared values as JSON: nothing is lost on the way, and equal values give equal bytes."""

import typing
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.cleared import ClearedDecision, ClearedParty, Run
from pipeline.domain.document import Block, BlockKind
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.protected import Category
from pipeline.domain.public import CorrectionNote, Notice, PublicRecord, Standing
from pipeline.projection.codec import (
    decode_cleared,
    decode_names,
    decode_record,
    digest_of,
    encode_cleared,
    encode_names,
    encode_record,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
runs = st.builds(Run, words, st.none() | st.sampled_from(Category), words)
cleared_text = st.lists(runs, max_size=3).map(tuple)
rows = st.lists(st.lists(cleared_text, max_size=2).map(tuple), max_size=2).map(tuple)
blocks = st.builds(Block, st.sampled_from(BlockKind), rows, st.integers(0, 6))
penalties = st.builds(Penalty, st.sampled_from(PenaltyKind), st.none() | st.integers(0, 10**15))
parties = st.builds(
    ClearedParty,
    kind=st.sampled_from(PartyKind),
    name=cleared_text,
    code=words,
    representative=cleared_text,
)
decisions = st.builds(
    ClearedDecision,
    **{
        name: cleared_text
        for name, kind in typing.get_type_hints(ClearedDecision).items()
        if kind == tuple[Run, ...]
    },
    **dict.fromkeys(("key", "slug", "case_number", "organ", "organ_code"), words),
    decided_on=st.dates(),
    parties=st.lists(parties, max_size=2).map(tuple),
    penalties=st.lists(penalties, max_size=2).map(tuple),
    document=st.lists(blocks, max_size=3).map(tuple),
    masked=st.lists(st.tuples(st.sampled_from(Category), words), max_size=2).map(tuple),
    valid_until=st.none() | st.dates(),
)
notices = st.builds(Notice, st.dates(), words, words, words)
notes = st.lists(st.builds(CorrectionNote, st.dates(), words), max_size=2).map(tuple)
heads = {
    **dict.fromkeys(("key", "slug", "case_number", "digest"), words),
    "first_published_on": st.dates(),
    "changed_on": st.dates(),
    "corrections": notes,
}
records = st.builds(
    PublicRecord, standing=st.just(Standing.PUBLISHED), decision=decisions, **heads
) | st.builds(
    PublicRecord,
    standing=st.sampled_from([Standing.WITHDRAWN, Standing.EXPIRED, Standing.SUSPENDED]),
    notice=notices,
    **heads,
)


@settings(deadline=None)
@given(decisions)
def test_a_cleared_decision_comes_back_as_it_went(decision: ClearedDecision) -> None:
    assert decode_cleared(encode_cleared(decision)) == decision


@settings(deadline=None)
@given(records)
def test_a_public_record_comes_back_as_it_went(record: PublicRecord) -> None:
    assert decode_record(encode_record(record)) == record


@settings(max_examples=40, deadline=None)
@given(decisions, decisions)
def test_equal_decisions_and_only_they_have_equal_digests(
    one: ClearedDecision, other: ClearedDecision
) -> None:
    same = digest_of(encode_cleared(one)) == digest_of(encode_cleared(other))
    assert same == (one == other)


@settings(deadline=None)
@given(st.lists(words).map(tuple))
def test_names_come_back_as_they_went(names: tuple[str, ...]) -> None:
    assert decode_names(encode_names(names)) == names


def test_a_record_that_is_not_whole_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_cleared(b"{}")
    whole = PublicRecord(
        key="k",
        slug="s",
        case_number="n",
        standing=Standing.EXPIRED,
        first_published_on=date(2020, 1, 1),
        changed_on=date(2025, 1, 1),
        notice=Notice(date(2025, 1, 1), "公示期满", "期满。", ""),
    )
    broken = encode_record(whole).replace('期满"'.encode(), '公示中"'.encode(), 1)
    with pytest.raises(msgspec.DecodeError):
        decode_record(broken)
