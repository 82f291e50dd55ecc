"""A thousand planted leaks: all are found, and none is told of where nothing was planted."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pipeline.verification.leaks import Gate
from pipeline.verification.model import Expectation
from tests.verification.plants import Plant, plants
from tests.verification.sample_site import A, B, clean_site

HIDDEN = {
    A: ("李晓明", "欧阳海燕", "天马街道文峰西路1号2幢", "阿依古丽·买买提"),
    B: ("简宁远", "完颜若水", "青石镇砚瓦山村12号", "D-7788-X"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    site = clean_site(tmp_path_factory.mktemp("clean"))
    files = (path for path in site.tree.rglob("*") if path.is_file())
    return {str(path.relative_to(site.tree)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def gate() -> Gate:
    public = ("0570-5012345", "bureau@example.gov.cn")
    return Gate(Expectation(records=(), hidden=HIDDEN, public_values=public))


def missed(gate: Gate, planted: Iterable[Plant]) -> Iterator[str]:
    """Yield what the gate did not see, by kind, disguise and place."""
    for plant in planted:
        found = gate.look(plant.path, plant.content).leaks
        if not any(plant.kind in kind for kind in found) and "本应隐去的内容" not in found:
            yield f"{plant.kind}: {plant.disguise}, in {plant.place}"


def test_a_thousand_leaks_in_every_disguise_and_place_are_all_found(
    gate: Gate, pages: dict[str, bytes]
) -> None:
    planted = list(plants(pages, HIDDEN))[::2]
    assert len(planted) > 1000
    assert list(missed(gate, planted)) == []


def test_the_pages_into_which_they_are_planted_raise_no_alarm(
    gate: Gate, pages: dict[str, bytes]
) -> None:
    assert {path for path, content in pages.items() if gate.look(path, content).leaks} == set()


def test_the_same_seed_plants_the_same_leaks(pages: dict[str, bytes], tmp_path: Path) -> None:
    first, second = (
        [(p.path, p.kind, p.disguise, p.place) for p in plants(pages, HIDDEN, seed=7)]
        for _ in range(2)
    )
    assert first == second
