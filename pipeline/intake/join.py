"""Drafts of all files → decisions, joined by 文号. What cannot be joined is kept as unreadable.

A record in is a 文号 that an export or a document names, or a record or document whose 文号
could not be read. Review sheets and attestations speak about records; they are none.
"""

import hashlib
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Decision, Organ, Received, Unreadable
from pipeline.domain.faults import Fault, Place
from pipeline.domain.review import Source
from pipeline.intake.consistency import field_faults
from pipeline.intake.manifest import Attestation
from pipeline.intake.merge import TITLES, Merged, merge
from pipeline.intake.model import Draft

_RECORDS = (Source.EXPORT, Source.DOCUMENT)
_REQUIRED = ("organ", "decided_on", "parties")
_SUPPLY = "请在双公示表或 JSON 中补上，或者在文书中写明"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinSettings:
    """What a site decides about joining.

    ``organ`` is taken where no source names one; ``document_required`` holds a record that came
    without its document; ``today`` is the day of the run.
    """

    today: date
    organ: Organ | None = None
    document_required: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """The records in order of 文号, those without one at the end, and faults about no record."""

    received: tuple[Received, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Drafts of each 文号, by key, and those without one."""

    by_key: Mapping[str, Sequence[Draft]]
    nameless: Sequence[Draft]

    @classmethod
    def of(cls, drafts: Iterable[Draft]) -> Self:
        """Return drafts in their groups."""
        by_key: dict[str, list[Draft]] = {}
        nameless: list[Draft] = []
        for draft in drafts:
            if draft.case_number is None:
                nameless.append(draft)
            else:
                by_key.setdefault(draft.case_number.key, []).append(draft)
        return cls(by_key, nameless)

    def digests(self, attestations: tuple[Attestation, ...]) -> dict[str, str]:
        """Return the digest of each decision of which is spoken without a fault, by key."""
        return {
            key: _digest([*group, *_stated(key, attestations)])
            for key, group in self.by_key.items()
            if _is_record(group) and not any(draft.faults for draft in group)
        }

    def left_of(self, keys: Collection[str]) -> Iterator[Draft]:
        """Yield the drafts of the decisions that are not among these."""
        for key, group in self.by_key.items():
            if key not in keys and _is_record(group):
                yield from group

    def records(
        self, attestations: tuple[Attestation, ...], settings: JoinSettings
    ) -> Iterator[Received]:
        """Yield the decisions in order of their keys; their drafts are in full."""
        for key, group in sorted(self.by_key.items()):
            if _is_record(group):
                yield _record([*group, *_stated(key, attestations)], settings)

    def nameless_records(self) -> Iterator[Unreadable]:
        """Yield the records that name no 文号, in order of their places."""
        for draft in sorted(self.nameless, key=lambda draft: draft.place):
            if draft.source in _RECORDS:
                yield Unreadable(draft.place, _nameless(draft), None, draft.digest)

    def faults(self, attestations: tuple[Attestation, ...]) -> Iterator[Fault]:
        """Yield what is wrong with what is about no record."""
        for group in self.by_key.values():
            if not _is_record(group):
                yield from _about_nothing(group)
        for draft in self.nameless:
            if draft.source not in _RECORDS:
                yield from _nameless(draft)
        yield from _unused(attestations, self.by_key)


def join(
    drafts: Iterable[Draft], attestations: tuple[Attestation, ...], settings: JoinSettings
) -> Joined:
    """Return one record for each decision that the drafts speak about. Loses none of them."""
    groups = Groups.of(drafts)
    received = (*groups.records(attestations, settings), *groups.nameless_records())
    return Joined(received, tuple(sorted(set(groups.faults(attestations)))))


def _is_record(group: Sequence[Draft]) -> bool:
    return any(draft.source in _RECORDS for draft in group)


def _stated(key: str, attestations: tuple[Attestation, ...]) -> Iterator[Draft]:
    return (each.draft for each in attestations if each.covers(key))


def _record(drafts: list[Draft], settings: JoinSettings) -> Received:
    merged = _with_default_organ(merge(drafts), settings.organ)
    main = min(drafts, key=lambda draft: (list(Source).index(draft.source), draft.place))
    assert main.case_number is not None  # noqa: S101 - groups are made by 文号
    digest = _digest(drafts)
    faults = (
        *merged.faults,
        *field_faults(merged.fields, merged.places, settings.today),
        *_gaps(drafts, merged, main, settings),
    )
    if faults:
        return Unreadable(main.place, tuple(sorted(set(faults))), main.case_number, digest)
    return _decision(main.case_number, main.place, merged, digest)


def _decision(number: CaseNumber, place: Place, merged: Merged, digest: str) -> Decision:
    return Decision(
        case_number=number, place=place, sources=merged.sources, digest=digest, **merged.fields
    )


def _with_default_organ(merged: Merged, organ: Organ | None) -> Merged:
    if organ is None or "organ" in merged.fields:
        return merged
    return replace(merged, fields={**merged.fields, "organ": organ})


def _gaps(
    drafts: list[Draft], merged: Merged, main: Draft, settings: JoinSettings
) -> Iterator[Fault]:
    """Yield what a decision cannot be without. A faulty draft has not been read: no gap of it."""
    if any(draft.faults for draft in drafts):
        return
    for name in _REQUIRED:
        if name not in merged.fields:
            where = replace(main.place, field=TITLES[name])
            yield Fault(where, f"缺少{TITLES[name]}", _SUPPLY)
    exported = any(draft.source is Source.EXPORT for draft in drafts)
    if not exported and "outcome" not in merged.fields:
        where = replace(main.place, field=TITLES["title"])
        problem = "没有对应的登记记录，文书标题也未写明是行政处罚决定书"
        yield Fault(where, problem, "请在双公示表或 JSON 中登记这个文号，或者移走这份文书")
    if settings.document_required and "document" not in merged.fields:
        where = replace(main.place, field=TITLES["document"])
        yield Fault(where, "没有对应的决定书文件", "请把该文号的决定书放入导出文件夹")


def _nameless(draft: Draft) -> tuple[Fault, ...]:
    return draft.faults or (_no_number(draft.place),)


def _no_number(place: Place) -> Fault:
    return Fault(
        replace(place, field="文号"),
        "没有找到决定书文号",
        "请在表中填写文号；文书可在标题下写明文号，或把文件名改为文号",
    )


def _about_nothing(group: Sequence[Draft]) -> Iterator[Fault]:
    for draft in group:
        yield from draft.faults
        yield Fault(
            replace(draft.place, field="文号"),
            "本次导出中没有这个文号的处罚决定",
            "请核对文号，或者把该决定一并导出",
        )


def _unused(attestations: tuple[Attestation, ...], keys: Container[str]) -> Iterator[Fault]:
    for attestation in attestations:
        if missing := sum(key not in keys for key in attestation.keys):
            yield Fault(
                replace(attestation.draft.place, field="case_numbers"),
                f"声明所列的文号中有 {missing} 个不在本次导出中",
                "请核对声明中的文号",
            )


def _digest(drafts: list[Draft]) -> str:
    """Return the SHA-256 over the digests of the drafts, copies and order left aside."""
    digests = sorted({draft.digest for draft in drafts})
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
