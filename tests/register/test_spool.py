"""The spool gives back what it took in, in order, and leaves nothing behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.event import EventKind
from pipeline.domain.text import RawText
from pipeline.register.model import Nameless, Received, Unchanged
from pipeline.register.spool import spooled
from tests.register.builders import DOUBT, examined, happened


def test_what_goes_in_comes_out_and_no_file_is_left(tmp_path: Path) -> None:
    items: list[Received] = [
        examined(1, events=(happened(EventKind.REVOKED),)),
        Unchanged("某〔2024〕9"),
        Nameless(),
        examined(2, verdict=DOUBT),
        examined(3, verdict=None),
    ]
    with spooled(iter(items), tmp_path) as waiting:
        assert list(tmp_path.iterdir()) == []
        assert list(waiting) == items
    assert list(tmp_path.iterdir()) == []


def test_no_raw_ground_is_written(tmp_path: Path) -> None:
    told = replace(happened(EventKind.REVOKED), ground=RawText("绝密姓名甲乙丙"))
    with spooled([examined(1, events=(told,))], tmp_path) as waiting:
        (back,) = waiting
    assert "绝密" not in str(back)


def test_an_examination_that_breaks_off_is_not_half_written(tmp_path: Path) -> None:
    def broken() -> Iterator[Received]:
        yield examined(1)
        raise RuntimeError("broke off")

    with pytest.raises(RuntimeError), spooled(broken(), tmp_path):
        pytest.fail("nothing was to be read")
    assert list(tmp_path.iterdir()) == []
