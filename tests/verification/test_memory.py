"""A file that was clean is read again exactly when something could be found in it."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.domain.public import Standing
from pipeline.verification import reading
from pipeline.verification.verify import Memory
from tests.verification.sample_site import GONE, A, B, Site, listing, page

NAME = "东方未明"
NUMBER = "330822197001010017"
PAGE_A, PAGE_B, PAGE_GONE = (f"decisions/{slug}.html" for slug in (A, B, GONE))
EVERYTHING = {PAGE_A, PAGE_B, PAGE_GONE, "index.html", "theme/site.css"}


@pytest.fixture
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    return Memory(tmp_path_factory.mktemp("state") / "site.verified.sqlite", "this program")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, site: Site) -> list[str]:
    """Return the list of the files that verification reads, in order."""
    paths: list[str] = []

    def content(path: Path) -> bytes:
        paths.append(path.relative_to(site.tree).as_posix())
        return path.read_bytes()

    monkeypatch.setattr(reading, "_content", content)
    return paths


def test_nothing_is_read_twice_and_the_answer_is_the_same(
    site: Site, memory: Memory, read: list[str]
) -> None:
    first = site.verify(memory)
    assert set(read) == EVERYTHING
    read.clear()
    assert site.verify(memory) == first == site.verify()
    assert set(read) == EVERYTHING  # by the one without a memory alone
    assert len(read) == len(EVERYTHING)


def test_a_file_that_was_written_is_read(site: Site, memory: Memory, read: list[str]) -> None:
    site.verify(memory)
    read.clear()
    site.write(PAGE_A, (site.tree / PAGE_A).read_bytes())
    site.verify(memory)
    assert read == [PAGE_A]


def test_a_page_is_read_when_its_decision_stands_otherwise(
    site: Site, memory: Memory, read: list[str]
) -> None:
    site.verify(memory)
    read.clear()
    site.records[2] = replace(site.records[2], standing=Standing.EXPIRED)
    with pytest.raises(BadSiteError, match="没有不再公示的说明"):
        site.verify(memory)
    assert read == [PAGE_GONE]


@pytest.mark.parametrize(
    "change",
    [
        lambda site: setattr(site, "public_values", (*site.public_values, "0570-5000000")),
        lambda site: setattr(site, "listed", {"index.html": ("330800123456",)}),
        lambda site: setattr(site, "banished", (NAME,)),
        lambda site: setattr(site, "base_url", "https://site.example"),
    ],
    ids=["public values", "lists", "banished", "address"],
)
def test_everything_is_read_when_it_is_held_against_something_else(
    site: Site, memory: Memory, read: list[str], change: object
) -> None:
    site.verify(memory)
    read.clear()
    change(site)  # type: ignore[operator] # a table of small functions
    site.verify(memory)
    assert set(read) == EVERYTHING


def test_everything_is_read_by_another_program(site: Site, memory: Memory, read: list[str]) -> None:
    site.verify(memory)
    read.clear()
    site.verify(replace(memory, program="another program"))
    assert set(read) == EVERYTHING


@pytest.mark.parametrize("damage", [b"", b"no database" * 999], ids=["empty", "damaged"])
def test_everything_is_read_when_the_memory_is_lost(
    site: Site, memory: Memory, read: list[str], damage: bytes
) -> None:
    site.verify(memory)
    read.clear()
    assert memory.path is not None
    memory.path.write_bytes(damage)
    site.verify(memory)
    assert set(read) == EVERYTHING
    read.clear()
    site.verify(memory)
    assert read == []


def test_what_is_hidden_since_is_found_on_a_page_that_has_not_changed(
    site: Site, memory: Memory
) -> None:
    text = (site.tree / PAGE_A).read_text("utf-8")
    site.write(PAGE_A, text.replace("当事人王某某", f"当事人{NAME}"))
    site.verify(memory)
    site.hidden = {A: (NAME,)}
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.paths == {PAGE_A}


def test_what_is_hidden_since_is_found_in_a_list_that_has_not_changed(
    site: Site, memory: Memory
) -> None:
    site.write("lists.html", listing(site.records).replace("</main>", f"{NAME}</main>"))
    site.verify(memory)
    site.hidden = {B: (NAME,), GONE: (NAME,)}
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.paths == {"lists.html"}


def test_a_long_number_that_is_hidden_since_is_found_wherever_it_stands(
    site: Site, memory: Memory, read: list[str]
) -> None:
    site.write("files/notes.txt", "编号 308220000123456")
    site.verify(memory)
    read.clear()
    site.hidden = {A: ("308220000123456",)}
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.paths == {"files/notes.txt"}
    assert set(read) == {PAGE_A, "index.html", "files/notes.txt"}


def test_a_link_to_a_page_that_is_gone_is_found_on_a_page_that_has_not_changed(
    site: Site, memory: Memory, read: list[str]
) -> None:
    site.write("about.html", page("某", root=""))
    site.write("more.html", page('<a href="about.html">某</a>', root=""))
    site.verify(memory)
    read.clear()
    (site.tree / "about.html").unlink()
    with pytest.raises(BadSiteError, match=r"more\.html：链接指向不存在的页面"):
        site.verify(memory)
    assert read == ["more.html"]


def test_a_page_that_no_list_shows_any_more_is_found(site: Site, memory: Memory) -> None:
    site.verify(memory)
    site.write("index.html", listing(site.records[:1]))
    with pytest.raises(BadSiteError, match=f"没有任何列表链接到：decisions/{B}"):
        site.verify(memory)


def test_of_a_site_that_failed_only_what_was_wrong_is_read_again(
    site: Site, memory: Memory, read: list[str]
) -> None:
    site.write("leak.txt", f"身份证号{NUMBER}")
    site.write("more.html", page('<a href="nowhere.html">某</a>', root=""))
    with pytest.raises(LeakFoundError) as first:
        site.verify(memory)
    read.clear()
    with pytest.raises(LeakFoundError) as second:
        site.verify(memory)
    assert set(read) == {"leak.txt", "more.html"}
    assert str(second.value) == str(first.value)
    site.write("leak.txt", "某")
    with pytest.raises(BadSiteError, match=r"more\.html：链接指向不存在的页面"):
        site.verify(memory)


def test_a_link_to_a_page_that_leaked_and_left_is_found(site: Site, memory: Memory) -> None:
    site.write("leak.html", page(f"身份证号{NUMBER}", root=""))
    site.write("more.html", page('<a href="leak.html">某</a>', root=""))
    with pytest.raises(LeakFoundError):
        site.verify(memory)
    (site.tree / "leak.html").unlink()
    with pytest.raises(BadSiteError, match=r"more\.html：链接指向不存在的页面"):
        site.verify(memory)


@pytest.fixture
def leaking(site: Site, memory: Memory, read: list[str]) -> Site:
    """Return a site that was looked at once and leaks on one page, which is then mended."""
    site.hidden = {A: (NAME,), B: ("诸葛晴川",)}
    site.shown = {A: ("常山县综合行政执法局", f"{NAME}商行"), B: ("常山县综合行政执法局",)}
    clean = (site.tree / PAGE_A).read_text("utf-8")
    site.write(PAGE_A, clean.replace("当事人王某某", f"当事人{NAME}"))
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.slugs == {A}
    site.write(PAGE_A, clean)
    read.clear()
    return site


def test_the_second_look_of_a_run_reads_what_changed_since_the_first(
    leaking: Site, memory: Memory, read: list[str]
) -> None:
    assert leaking.verify(memory) == leaking.verify()
    assert read[: -len(EVERYTHING)] == [PAGE_A]


def test_another_run_reads_all_that_shows_a_decision_of_tonight(
    leaking: Site, memory: Memory, read: list[str]
) -> None:
    assert memory.path is not None
    leaking.verify(Memory(memory.path, memory.program))
    assert set(read) == {PAGE_A, PAGE_B, "index.html"}


def test_the_second_look_finds_what_is_hidden_since_the_first(
    leaking: Site, memory: Memory
) -> None:
    leaking.hidden = dict(leaking.hidden)
    leaking.hidden[B] = ("诸葛晴川", "百顺商贸")
    with pytest.raises(LeakFoundError) as caught:
        leaking.verify(memory)
    assert PAGE_B in caught.value.paths
    assert PAGE_A not in caught.value.paths


def test_the_second_look_reads_no_list_for_a_name_that_excused_nothing(
    leaking: Site, memory: Memory, read: list[str]
) -> None:
    leaking.hidden = {B: ("诸葛晴川",)}
    leaking.shown = {B: leaking.shown[B]}
    leaking.verify(memory)
    assert read == [PAGE_A]


def test_the_second_look_finds_what_a_name_excused_that_is_public_no_more(
    site: Site, memory: Memory
) -> None:
    site.hidden = {A: (NAME,)}
    site.shown = {B: (f"{NAME}商行",)}
    text = (site.tree / "index.html").read_text("utf-8")
    site.write("index.html", text.replace("</a></li>", f"</a>{NAME}商行</li>", 1))
    site.write("leak.txt", f"身份证号{NUMBER}")
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.paths == {"leak.txt"}
    (site.tree / "leak.txt").unlink()
    site.shown = {}
    with pytest.raises(LeakFoundError) as caught:
        site.verify(memory)
    assert caught.value.paths == {"index.html"}


def test_the_memory_holds_nothing_that_the_site_does_not_show(site: Site, memory: Memory) -> None:
    site.hidden = {A: (NAME, NUMBER)}
    site.verify(memory)
    assert memory.path is not None
    content = memory.path.read_bytes()
    assert NAME.encode() not in content
    assert NUMBER.encode() not in content
