"""An export folder → records. The only door into the program for what a bureau hands over.

Removes nothing and decides nothing about what is public: an empty folder gives no records and a
fault.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from pipeline.domain.decision import Received, Unreadable
from pipeline.domain.faults import Fault
from pipeline.intake.export import Export
from pipeline.intake.folder import DEFAULT_LIMIT
from pipeline.intake.join import Groups, JoinSettings, join
from pipeline.intake.memory import Memory, Result
from pipeline.intake.model import Draft

_BATCH = 500
"""Decisions that are read in full at once."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything an export said.

    ``received`` has one record for each decision, ``faults`` what is wrong with files and lines
    that are no record (those of a record are in its ``Unreadable``), ``files`` counts the files
    found, a manifest left out.
    """

    received: tuple[Received, ...]
    faults: tuple[Fault, ...]
    files: int


@dataclass(frozen=True, slots=True)
class Records(Collection[Received]):
    """The records of an export in order of 文号, those without one (``nameless``) at the end.

    They are read when somebody iterates, a batch at a time: all of them may be more than the
    memory holds. Iterating raises ``BadExportError`` when a file is no longer as it was.
    """

    nameless: tuple[Unreadable, ...]
    _by_key: Mapping[str, Collection[Draft]] = field(repr=False)
    _joined: Callable[[Iterator[Draft]], Iterator[Received]] = field(repr=False)

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self._by_key) + len(self.nameless)

    def __iter__(self) -> Iterator[Received]:
        """Yield the records."""
        keys = iter(sorted(self._by_key))
        while batch := list(islice(keys, _BATCH)):
            yield from self._joined(chain.from_iterable(self._by_key[key] for key in batch))
        yield from self.nameless

    def __contains__(self, record: object) -> bool:
        """Whether this is one of the records."""
        return any(record == each for each in self)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an export brought that is not as it was, ``received``, and all else as in ``Intake``.

    ``standing`` are, by key in their order, the decisions that the export brings as they were
    and whose last result stands; they are not among ``received``.
    """

    received: Records
    faults: tuple[Fault, ...]
    files: int
    standing: Mapping[str, Result]

    def __len__(self) -> int:
        """Return the number of records that the export brought."""
        return len(self.received) + len(self.standing)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier nights know: the memory of the exports, and which results still stand.

    ``standing`` is given key → digest of the decisions that have no fault, and returns the result
    of those that need not be read.
    """

    memory: Memory
    standing: Callable[[Mapping[str, str]], Mapping[str, Result]]


def read_exports(
    folder: Path, settings: JoinSettings, *, size_limit: int = DEFAULT_LIMIT
) -> Intake:
    """Return the records of the export in ``folder``, joined over all its files.

    ``size_limit`` is in bytes for one file. Raises ``BadExportError`` when the folder is not
    there or its manifest disagrees with it.
    """
    export = Export.read(folder, today=settings.today, size_limit=size_limit)
    joined = join(export.drafts(), export.manifest.attestations, settings)
    export.check_records(len(joined.received))
    faults = tuple(sorted({*export.faults(), *joined.faults}))
    return Intake(joined.received, faults, len(export.reads))


def read_changes(folder: Path, settings: JoinSettings, earlier: Earlier) -> Changes:
    """Return the records of the export that are not as ``earlier`` nights know them.

    Raises ``BadExportError`` like ``read_exports``.
    """
    export = Export.read(
        folder, today=settings.today, size_limit=DEFAULT_LIMIT, memory=earlier.memory
    )
    stated = export.manifest.attestations
    groups = Groups.of(export.drafts())
    standing = dict(sorted(earlier.standing(groups.digests(stated)).items()))
    left = Groups.of(export.whole_in_full(groups.left_of(standing)))

    def joined(drafts: Iterator[Draft]) -> Iterator[Received]:
        return Groups.of(export.in_full(drafts)).records(stated, settings)

    received = Records(tuple(groups.nameless_records()), left.by_key, joined)
    export.check_records(len(received) + len(standing))
    faults = tuple(sorted({*export.faults(), *groups.faults(stated)}))
    return Changes(received, faults, len(export.reads), standing)
