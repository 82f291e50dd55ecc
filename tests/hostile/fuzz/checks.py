"""What must hold of any input: a documented error or a result, and nothing shown that is hidden."""

import re
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import plain, seen
from pipeline.domain.decision import Decision, Organ
from pipeline.domain.document import paragraph
from pipeline.domain.faults import BadExportError, BadSettingsError, Fault
from pipeline.domain.party import OtherPerson, Role
from pipeline.domain.text import RawText
from pipeline.intake import readers
from pipeline.intake.folder import list_folder
from pipeline.intake.join import JoinSettings, join
from pipeline.intake.manifest import load_manifest
from pipeline.intake.model import FileContent, UnreadableFileError
from pipeline.intake.pdf import read_pdf
from pipeline.intake.pieces import drafts_of
from pipeline.policy.load import load_policy
from pipeline.policy.model import Policy
from pipeline.redaction.redact import redact
from pipeline.redaction.trace import trace
from pipeline.settings import FILE_NAME, load_settings

Check = Callable[[bytes], None]

_TODAY = date(2026, 11, 20)
_NUMBER = "330822199001011237"
"""An invented identity number whose check digit is right."""
_WITNESS = "邬晓岚"
_LONG_NUMBER = re.compile(r"[0-9]{11}")


class BrokenPromiseError(AssertionError):
    """Something does not hold that must hold of any input."""


def _require(holds: bool, promise: str) -> None:
    if not holds:
        raise BrokenPromiseError(promise)


def file_of(suffix: str, wrapped: Callable[[bytes], bytes] = bytes) -> Check:
    """Return the check of one format: it is read and joined, or refused with faults."""
    # In a process of its own nothing would be seen of how it is read.
    readers.DOCUMENT_READERS[".pdf"] = read_pdf

    def check(content: bytes) -> None:
        file = FileContent(f"乱{suffix}", wrapped(content), "0" * 64)
        try:
            drafts = tuple(drafts_of(file))
        except UnreadableFileError as error:
            _without_numbers(error.faults)
            return
        _without_numbers(fault for draft in drafts for fault in draft.faults)
        join([draft for draft in drafts if draft.case_number], {}, JoinSettings(today=_TODAY))

    return check


def _without_numbers(faults: Any) -> None:
    for fault in faults:
        assert isinstance(fault, Fault)
        _require(not _LONG_NUMBER.search(fault.problem + fault.remedy), "a fault shows a number")


def settings_of(content: bytes) -> None:
    """Settings are read, or every fault of them is told."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        Path(folder, FILE_NAME).write_bytes(content)
        try:
            load_settings(Path(folder))
        except BadSettingsError as error:
            _require(bool(error.faults), "refused without a fault")


def manifest_of(name: str) -> Check:
    """Return the check of a manifest: it is read, or every fault of it is told."""

    def check(content: bytes) -> None:
        with tempfile.TemporaryDirectory(dir=_memory()) as folder:
            Path(folder, name).write_bytes(content)
            try:
                load_manifest(Path(folder), list_folder(Path(folder)), today=_TODAY)
            except BadExportError as error:
                _without_numbers(error.faults)

    return check


def policy_of(content: bytes) -> None:
    """A policy of the bureau's own is read, or every fault of it is told."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        Path(folder, "own.yaml").write_bytes(content)
        try:
            load_policy("own", folders=(Path(folder),))
        except BadSettingsError as error:
            _require(bool(error.faults), "refused without a fault")


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - only to be quick


@cache
def _policy() -> Policy:
    return load_policy("changshan-2021")


def redacted(content: bytes) -> None:
    """What is public is the text without its hidden stretches: no labelled number, no witness."""
    text = content.decode("utf-8", "ignore")
    middle = len(text) // 2
    labelled = f"公民身份号码：{_NUMBER}"
    told = f"{text[:middle]}\n{labelled}\n{text[middle:]}，证人{_WITNESS}在场"
    decision = Decision(
        case_number=CaseNumber.parse("常综执罚决字〔2024〕第12号"),
        organ=Organ("常山县综合行政执法局", "11330822MB1234567X"),
        decided_on=date(2024, 3, 5),
        parties=(),
        persons=(OtherPerson(name=RawText(_WITNESS), role=Role.WITNESS),),
        document=(paragraph(RawText(told)),),
    )
    result = redact(decision, _policy(), public_values=frozenset())
    runs = result.cleared.document[0].rows[0][0]
    shown = plain(runs)
    _require(labelled not in shown or bool(result.doubts), "a labelled number is shown")
    _require(_WITNESS not in shown or bool(result.doubts), "a witness is shown")
    rest = seen(told)
    for run in runs:
        if run.mask is None:
            at = rest.find(run.text)
            _require(at >= 0, "a shown stretch does not stand in the text")
            rest = rest[at + len(run.text) :]
    told = trace(decision, _policy(), public_values=frozenset()).hidden
    _require(all(entry.start < entry.end for entry in told), "nothing is hidden")
