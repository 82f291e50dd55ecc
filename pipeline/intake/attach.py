"""Which record a document belongs to when its own words leave a doubt about the 文号.

A number that stands only in a file name, or glued to other words, never becomes the number of a
decision by itself: it may hold a name. It only leads to a number that an export states.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.faults import Fault
from pipeline.intake.model import Draft
from pipeline.intake.words import case_number_in

_ENDS_OF_ORGANS = re.compile(r"(?:局|委员会|政府|厅|队|所|办公室|办事处|决定书|文件)$")


def attached(draft: Draft, stated: Mapping[str, CaseNumber]) -> Draft:
    """Return the draft of a document file with the number under which it is to be joined.

    ``stated`` are the numbers of the exports by key. A readable document without a number of its
    own takes that of its file name only when an export states it; an unreadable one is only ever
    held, so it may take any.
    """
    by_name = case_number_in(PurePosixPath(draft.place.file).stem)
    if draft.case_number is None:
        return replace(draft, case_number=_from_name(by_name, stated, held=bool(draft.faults)))
    number = _unglued(draft.case_number, stated)
    draft = replace(draft, case_number=number)
    if by_name is None or by_name.key.endswith(number.key):
        return draft
    fault = Fault(
        replace(draft.place, field="文号"),
        "文件名中的文号与文书中的文号不一致",
        "请核对后改正文件名或者文书",
    )
    return replace(draft, faults=(*draft.faults, fault))


def _from_name(
    by_name: CaseNumber | None, stated: Mapping[str, CaseNumber], *, held: bool
) -> CaseNumber | None:
    if by_name is None or by_name.key in stated:
        return by_name
    endings = [number for key, number in stated.items() if by_name.key.endswith(key)]
    if len(endings) == 1 and held:
        return endings[0]
    return by_name if held else None


def _unglued(number: CaseNumber, stated: Mapping[str, CaseNumber]) -> CaseNumber:
    """Return the stated number that stands behind the name of an organ in a glued one."""
    if number.key in stated:
        return number
    for key, other in stated.items():
        before = number.key.removesuffix(key)
        if before != number.key and _ENDS_OF_ORGANS.search(before):
            return other
    return number
