"""Nothing that a text can hold makes detection slow: work grows with the text, not its square.

The time on a text is compared with the time on four times as much; no absolute time is asserted.
"""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain.protected import Finding
from pipeline.redaction.detectors import DETECTORS
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Detector, Known
from pipeline.redaction.names import NAMES
from pipeline.redaction.normalise import normalise
from pipeline.redaction.protect import protect
from pipeline.redaction.reading import Reading, read

OURS = [detector for detector in DETECTORS if detector is not NAMES]
UNITS = {
    "digits": "1",
    "digits and spaces": "1 ",
    "ID numbers": "330822199001011234 ",
    "stars": "3308**",
    "labels of ID": "身份证号：",
    "labels of telephones": "电话：",
    "labels of accounts": "账号：1",
    "labels of homes": "住址：",
    "homes": "住址：常山县天马街道新丰路12号，",
    "streets without end": "住天马街道新丰路",
    "open addresses": "地址：天马街道1号，",
    "provinces": "浙H·",
    "at signs": "a@",
    "dots": "a@b.",
    "letters": "aB",
    "illness": "患有",
    "illness and treatment": "患有癌症，需治疗，",
    "certificates of property": "不动产权（2021）",
    "births": "出生1990年",
    "schools": "就读于小学三年级",
    "brackets": "〔2021〕",
    "statutes": "《第一条",
    "networks": "微信：",
    "Chinese numerals": "一二三",
    "zero width": "1\u200b",
    "circled": "⑩①",
    "blank": " \n",
    "joints": "电话：（）：",
}
SIZE = 2_500


def _seconds(work: Callable[[Reading], object], reading: Reading) -> float:
    begun = time.process_time()
    work(reading)
    return time.process_time() - begun


def _reading(unit: str, size: int) -> Reading:
    return read(normalise((unit * (size // len(unit) + 1))[:size]))


def _grows_linearly(work: Callable[[Reading], object], small: Reading, large: Reading) -> bool:
    """Say whether four times the text costs well below what a square would (sixteen times)."""
    return any(_seconds(work, large) < 10 * _seconds(work, small) + 0.01 for _ in range(4))


READINGS = {unit: (_reading(unit, SIZE), _reading(unit, 4 * SIZE)) for unit in UNITS.values()}


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_reading_and_protecting_stay_linear(unit: str) -> None:
    def work(reading: Reading) -> object:
        return protect(read(normalise(reading.text)), Known())

    assert _grows_linearly(work, *READINGS[unit])


@pytest.mark.parametrize("detector", OURS, ids=lambda detector: detector.name)
def test_every_detector_stays_linear(detector: Detector) -> None:
    known = Known(homes=("天马街道新丰路12号",))

    def work(reading: Reading) -> object:
        return list(detector.find(reading, known, ()))

    slow = [name for name, unit in UNITS.items() if not _grows_linearly(work, *READINGS[unit])]
    assert slow == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([*UNITS.values(), "浙H12345", "，住", "13805701234", "。", "林木"]),
            st.text(max_size=6),
        ),
        max_size=30,
    ).map("".join)
)
def test_any_text_gives_findings_inside_it(text: str) -> None:
    detection = detect(text, Known(), detectors=OURS)
    for result in (*detection.findings, *detection.kept):
        assert 0 <= result.span.start < result.span.end <= len(text)
    assert all(isinstance(finding, Finding) for finding in detection.findings)


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("电话：13805701234身份证330822199001，。住村5号 \n"), max_size=80))
def test_the_same_text_gives_the_same_findings(text: str) -> None:
    assert detect(text, Known()) == detect(text, Known())
