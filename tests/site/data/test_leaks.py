"""A hidden value planted in the data of a built site is found by verification, in every form."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.domain.faults import LeakFoundError
from pipeline.projection.read import open_projection
from pipeline.verification.verify import Expectation, VerifiedSite, verify
from tests.site.builders import SAMPLE, build

HIDDEN = "柳青禾"
SLUG = SAMPLE[0].slug
FACTS = "逾期未改正"
FAR = "，" + "情况属实" * 300
"""Puts more than a window of text between the leak and the address of its decision."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("leaks")
    build(made, SAMPLE)
    return made


@contextmanager
def spoilt(file: Path, content: bytes) -> Iterator[None]:
    """Put ``content`` into the file for a while."""
    before = file.read_bytes()
    assert content != before
    file.write_bytes(content)
    yield
    file.write_bytes(before)


def look(root: Path) -> VerifiedSite:
    with open_projection(root / "state" / "public.sqlite") as projection:
        rows = tuple(projection.rows())
    expectation = Expectation.of_rows(
        rows,
        hidden={SLUG: (HIDDEN,)},
        public_values=("0570-5020000",),
        base_url="https://zfj.example.gov.cn/gongshi",
    )
    return verify(root / "site", expectation)


def in_text(content: bytes) -> bytes:
    """Spoil the first record, which is that of the decision with the hidden value or before it."""
    return content.replace(FACTS.encode(), f"{HIDDEN}{FAR}{FACTS}".encode())


def in_workbook(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, in_text(source.read(name)))
    return made.getvalue()


def in_feed(content: bytes) -> bytes:
    return content.replace(b"<summary>", f"<summary>{HIDDEN}称{FAR}".encode())


def in_list(content: bytes) -> bytes:
    return content.replace(b'"title":"', f'"title":"{HIDDEN}{FAR}'.encode())


PLACES: dict[str, Callable[[bytes], bytes]] = {
    "data/2026.csv": in_text,
    "data/2026.jsonl": in_text,
    "data/2026.xlsx": in_workbook,
    f"api/v1/decisions/{SLUG}.json": in_text,
    "api/v1/months/2026/03.json": in_list,
    "feeds/all.atom": in_feed,
    "feeds/violations/7f81c6a858.atom": in_feed,
}


def test_the_clean_site_raises_no_alarm(root: Path) -> None:
    assert look(root).digests.keys() >= {"data/2026.csv", "feeds/all.atom"}


@pytest.mark.parametrize("path", PLACES)
def test_a_leak_is_found_far_from_the_address_of_its_decision(root: Path, path: str) -> None:
    file = root / "site" / path
    spoilt_content = PLACES[path](file.read_bytes())
    with spoilt(file, spoilt_content), pytest.raises(LeakFoundError) as caught:
        look(root)
    assert path in str(caught.value)
    assert HIDDEN not in str(caught.value)


@pytest.mark.parametrize("path", ["data/2026.csv", "data/2026.jsonl"])
def test_what_is_hidden_in_one_decision_may_stand_in_the_next(root: Path, path: str) -> None:
    file = root / "site" / path
    lines = file.read_bytes().split(b"\n")
    place = next(n for n, line in enumerate(lines) if SLUG.encode() in line)
    other = next(n for n in (place + 1, place - 1) if FACTS.encode() in lines[n])
    lines[other] = lines[other].replace(FACTS.encode(), f"{HIDDEN}{FACTS}".encode())
    with spoilt(file, b"\n".join(lines)):
        assert path in look(root).digests
