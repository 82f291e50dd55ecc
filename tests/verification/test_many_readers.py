"""Many processes find what one finds, and say it in the same words."""

import pytest

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.reading import Reader
from pipeline.verification.verify import Expectation, VerifiedSite, verify
from pipeline.workers.model import HERE, Workers
from pipeline.workers.processes import Processes
from tests.verification.sample_site import A, Site, page

NAME = "东方未明"
BOTH = (HERE, Processes(2))


@pytest.fixture
def large(site: Site) -> Site:
    """Return a site of so many files that they are worth processes."""
    for number in range(220):
        site.write(f"notes/{number}.html", page(f"<p>说明{number}</p>", root="../"))
    site.hidden[A] = (NAME, "330822197001010017")
    return site


def _verified(site: Site, workers: Workers, told: list[tuple[int, int]]) -> VerifiedSite:
    expectation = Expectation(
        records=site.records, hidden=site.hidden, public_values=site.public_values
    )
    return verify(site.tree, expectation, workers=workers, told=lambda *done: told.append(done))


def test_a_clean_site_is_the_same_site_and_every_file_is_counted(large: Site) -> None:
    one: list[tuple[int, int]] = []
    many: list[tuple[int, int]] = []
    assert _verified(large, BOTH[0], one) == _verified(large, BOTH[1], many)
    assert one == many == [(done, 225) for done in range(226)]


def test_the_same_leaks_are_found_on_the_same_pages(large: Site) -> None:
    large.write(f"decisions/{A}.html", page(f"<p>常综执罚决字〔2024〕第12号 {NAME}</p>"))
    large.write("notes/200.html", page("<p>330822197001010017</p>", root="../"))
    found = []
    for workers in BOTH:
        with pytest.raises(LeakFoundError) as stopped:
            _verified(large, workers, [])
        assert NAME not in str(stopped.value)
        found.append((str(stopped.value), stopped.value.paths, stopped.value.slugs))
    assert found[0] == found[1]
    assert found[0][1] == {f"decisions/{A}.html", "notes/200.html"}


def test_the_same_faults_are_told_in_the_same_order(large: Site) -> None:
    for number in (7, 130, 219):
        large.write(f"notes/{number}.html", page('<a href="nowhere.html">无</a>', root="../"))
    large.write(f"decisions/{A}.html", page("<p>没有文号</p>"))
    told = []
    for workers in BOTH:
        with pytest.raises(BadSiteError) as stopped:
            _verified(large, workers, [])
        told.append(str(stopped.value))
    assert told[0] == told[1]
    assert "notes/130.html" in told[0]


def test_a_file_that_cannot_be_read_stops_many_as_it_stops_one(large: Site) -> None:
    (large.tree / "notes" / "100.html").unlink()
    reader = Reader(large.tree, Expectation(records=()), frozenset())
    for workers in BOTH:
        with pytest.raises(BadSiteError, match="无法读取"):
            list(workers.map(reader, [("notes/100.html", None, b"", True)], few=0))
