"""A word planted in the search index is found, in whichever shard, and its decision is known."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from pipeline.domain.faults import LeakFoundError
from pipeline.projection.read import open_projection
from pipeline.site.search.postings import packed
from pipeline.site.search.words import Grams, grams, labels, name_grams
from pipeline.verification.memory import Memory
from pipeline.verification.search.block import DAMAGED, UNEXPLAINED
from pipeline.verification.search.look import Searched, search_index
from pipeline.verification.search.shards import HALF, Shard, numbers_of
from pipeline.verification.tree import files_of
from pipeline.verification.verify import Expectation, verify
from pipeline.workers.model import HERE, Workers
from pipeline.workers.processes import Processes
from tests.site.builders import COMPANY, PERSON, SAMPLE, build, decision, record_of

SECRETS = ("李晓明", "欧阳海燕", "阿依古丽·买买提", "文峰西路1号2幢", "13805700001", "D-7788-X")
FORMS: dict[str, Callable[[str], Grams]] = {
    "words": grams,
    "a name": name_grams,
    "a label": lambda value: labels(f"name:{value}"),
}


@dataclass(frozen=True)
class Index:
    """The built site in ``tree``, and its index as it says it is."""

    tree: Path

    @property
    def contents(self) -> dict[str, object]:
        return json.loads((self.tree / "search/index.json").read_bytes())

    @property
    def blocks(self) -> list[tuple[str, int, int, int, int]]:
        return [tuple(block[:5]) for block in self.contents["blocks"]]

    def slugs(self, name: str) -> list[str]:
        return (self.tree / f"search/{name}/ids-0.txt").read_text("utf-8").split("\n")

    def look(
        self,
        *,
        read: set[str] | None = None,
        shown: Mapping[str, tuple[str, ...]] | None = None,
        workers: Workers = HERE,
    ) -> Searched:
        files = files_of(self.tree).keys()
        read = set(files) if read is None else read
        return search_index(self.tree, files, read, shown or {}, workers=workers)

    def plant(self, folder: str, bits: int, found: Grams, number: int) -> set[str]:
        """Let each gram lead to ``number`` too; return the shards that were changed."""
        return {self._plant(folder, bits, gram, number) for gram in found.tolist()}

    def _plant(self, folder: str, bits: int, gram: int, number: int) -> str:
        at = gram >> (32 - bits) if bits else 0
        path = f"search/{folder}/{at:x}.bin"
        pairs = Shard(path, at, bits).pairs((self.tree / path).read_bytes())
        pairs = np.union1d(pairs, np.array([gram << 32 | number], np.uint64))
        content = packed(
            (pairs >> HALF).astype(np.uint32),
            numbers_of(pairs).astype(np.uint32),
            at << (32 - bits) if bits else 0,
        )
        (self.tree / path).write_bytes(content)
        return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample with shards so small that there are several."""
    made = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.site.search.postings.SIZE", 400)
        build(made, SAMPLE)
    return made


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Index:
    return Index(copytree(built / "site", tmp_path / "site"))


def test_the_index_of_a_whole_site_says_nothing_that_its_texts_do_not(index: Index) -> None:
    assert index.look() == Searched()
    assert max(bits for _, _, _, bits, _ in index.blocks) > 1


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", SECRETS)
def test_a_word_planted_in_any_block_is_found_with_its_decision(
    index: Index, form: str, secret: str
) -> None:
    for name, _, _, bits, _ in index.blocks:
        for place, slug in enumerate(index.slugs(name)):
            before = {path: path.read_bytes() for path in (index.tree / "search" / name).iterdir()}
            changed = index.plant(name, bits, FORMS[form](secret), place)
            found = index.look()
            assert found.leaks.keys() >= changed
            assert found.slugs == {slug}
            for path, content in before.items():
                path.write_bytes(content)


@pytest.mark.parametrize("secret", SECRETS)
def test_a_word_planted_in_the_shards_of_the_whole_index_is_found(
    index: Index, secret: str
) -> None:
    day = index.blocks[0][1]
    bits = int(str(index.contents["words"]))
    changed = index.plant(f"words-{bits}", bits, grams(secret), day << 3)
    assert index.look().leaks.keys() == changed


def test_two_processes_find_what_one_finds(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.verification.search.look._FEW", 0)
    assert len(index.blocks) > 1
    for number, (name, _, _, bits, _) in enumerate(index.blocks):
        index.plant(name, bits, grams(SECRETS[number % len(SECRETS)]), 0)
    (index.tree / f"search/{index.blocks[0][0]}/0.bin").unlink()
    one, two = index.look(), index.look(workers=Processes(2))
    assert one == two
    assert len(one.slugs) == len(index.blocks)
    assert one.faults


def test_two_processes_stop_at_a_block_that_makes_no_sense(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.verification.search.look._FEW", 0)
    (index.tree / f"search/{index.blocks[-1][0]}/ids-0.txt").write_text("1\n2\n3\n4", "utf-8")
    found = index.look(workers=Processes(2))
    assert found == index.look()
    assert found.leaks["search/index.json"] == {DAMAGED: 1}


def test_words_of_a_block_that_is_no_more_are_found(index: Index) -> None:
    bits = int(str(index.contents["words"]))
    changed = index.plant(f"words-{bits}", bits, grams("李晓明"), 12345 << 3)
    assert index.look().leaks.keys() == changed


def test_a_word_that_a_text_has_lost_may_not_stay_in_the_index(index: Index) -> None:
    name, *_ = index.blocks[0]
    slug = index.slugs(name)[0]
    path = index.tree / f"search/texts/{slug}.json"
    path.write_text(path.read_text("utf-8").replace("城东大道", "某路"), "utf-8")
    found = index.look(read={f"search/texts/{slug}.json"})
    assert found.slugs == {slug}
    assert all(path.startswith(f"search/{name}/") for path in found.leaks)


def test_a_name_that_stands_in_the_text_may_be_searched_for_and_that_of_a_person_may_not(
    tmp_path: Path,
) -> None:
    both = record_of(replace(decision(21), parties=(COMPANY, PERSON)))
    build(tmp_path, [both])
    index = Index(tmp_path / "site")
    shown = {both.slug: ("常山县综合行政执法局", "常山县青石桥建材有限公司", "郝运来")}
    assert index.look().slugs == {both.slug}
    assert index.look(shown=shown) == Searched()
    name, _, _, bits, _ = index.blocks[0]
    for form in FORMS.values():
        changed = index.plant(name, bits, form("郝运来"), 0)
        assert index.look(shown=shown).leaks.keys() >= changed


def test_a_text_that_no_block_lists_is_found(index: Index) -> None:
    path = "search/texts/2020/1-0123456789.json"
    (index.tree / path).parent.mkdir()
    (index.tree / path).write_text('{"text": "某"}', "utf-8")
    assert index.look().leaks == {path: {UNEXPLAINED: 1}}


def test_a_decision_without_its_text_explains_nothing(index: Index) -> None:
    name, *_ = index.blocks[0]
    slug = index.slugs(name)[0]
    (index.tree / f"search/texts/{slug}.json").unlink()
    assert index.look().slugs == {slug}


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "cut off in a number": lambda content: content + b"\x80",
    "cut off behind a word": lambda content: content + b"\x01",
    "a word that leads nowhere": lambda content: content + b"\x01\x00",
    "a number too long": lambda content: content + b"\x80\x80\x80\x80\x80\x01",
    "a word of another shard": lambda content: content + b"\xff\xff\xff\xff\x0f\x01\x00",
    "a place twice": lambda content: content + b"\x01\x02\x00\x00",
    "no shard at all": lambda _: "证人李晓明".encode(),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_damaged_shard_is_refused(index: Index, how: str) -> None:
    name, *_ = index.blocks[0]
    path = index.tree / f"search/{name}/0.bin"
    path.write_bytes(SPOILT[how](path.read_bytes()))
    assert index.look().leaks[f"search/{name}/0.bin"] == {DAMAGED: 1}


@pytest.mark.parametrize(
    "path", ["search/notes.bin", "search/2020-01-01-01234567/0.bin", "search/words-0/zz.bin"]
)
def test_a_shard_that_the_index_does_not_know_is_refused(index: Index, path: str) -> None:
    (index.tree / path).parent.mkdir(exist_ok=True)
    (index.tree / path).write_bytes(b"")
    assert index.look().leaks == {path: {DAMAGED: 1}}


def test_a_number_too_high_in_a_folder_is_refused(index: Index) -> None:
    name, _, _, bits, _ = index.blocks[0]
    for path in (f"search/{name}/{1 << bits:x}.bin", f"search/{name}/00.bin"):
        (index.tree / path).write_bytes(b"")
        assert index.look().leaks == {path: {DAMAGED: 1}}
        (index.tree / path).unlink()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"words":99,"chunk":64,"blocks":[]}',
        '{"words":0,"chunk":0,"blocks":[]}',
        '{"words":0,"chunk":64,"blocks":[["../../etc",1,2026,0,1,"01234567"]]}',
        '{"words":0,"chunk":64,"blocks":[["2026-01-01-01234567",1,2026,0,0,"01234567"]]}',
    ],
)
def test_an_index_that_makes_no_sense_is_refused(index: Index, content: str) -> None:
    (index.tree / "search/index.json").write_text(content, "utf-8")
    assert "search/index.json" in index.look().leaks


def test_shards_without_an_index_are_refused(index: Index) -> None:
    (index.tree / "search/index.json").unlink()
    found = index.look()
    assert found.leaks
    assert all(kinds == {DAMAGED: 1} for kinds in found.leaks.values())


def test_a_place_beyond_the_decisions_of_a_block_is_refused(index: Index) -> None:
    name, _, _, bits, count = index.blocks[0]
    index.plant(name, bits, grams("罚款"), count)
    assert "search/index.json" in index.look().leaks


def test_addresses_that_do_not_add_up_are_refused(index: Index) -> None:
    name, *_ = index.blocks[0]
    file = index.tree / f"search/{name}/ids-0.txt"
    file.write_text(f"{file.read_text('utf-8')}\n2026/9-0123456789", "utf-8")
    assert "search/index.json" in index.look().leaks


def test_a_missing_shard_is_told_of(index: Index) -> None:
    name, *_ = index.blocks[0]
    (index.tree / f"search/{name}/0.bin").unlink()
    assert f"检索索引缺少文件：search/{name}/0.bin" in index.look().faults


def test_words_that_the_whole_index_lacks_are_told_of(index: Index) -> None:
    bits = int(str(index.contents["words"]))
    (index.tree / f"search/words-{bits}/0.bin").write_bytes(b"")
    found = index.look()
    assert not found.leaks
    assert found.faults[0].startswith("检索索引前后不一致")


def test_what_was_not_read_anew_is_not_looked_at_again(index: Index) -> None:
    name, _, _, bits, _ = index.blocks[0]
    index.plant(name, bits, grams("李晓明"), 0)
    assert index.look(read=set()) == Searched()


def test_a_planted_word_stops_the_release(index: Index, built: Path, tmp_path: Path) -> None:
    with open_projection(built / "state" / "public.sqlite") as projection:
        rows = tuple(projection.rows())
    expectation = Expectation.of_rows(
        rows,
        hidden={},
        public_values=("0570-5020000",),
        base_url="https://zfj.example.gov.cn/gongshi",
    )
    memory = Memory(tmp_path / "verified.sqlite", "program")
    verify(index.tree, expectation, memory=memory)
    name, _, _, bits, _ = index.blocks[0]
    changed = index.plant(name, bits, grams("李晓明"), 0)
    for _ in range(2):  # the same again, though the first time is remembered
        with pytest.raises(LeakFoundError) as caught:
            verify(index.tree, expectation, memory=replace(memory))
        assert caught.value.paths == changed
    assert caught.value.slugs == {index.slugs(name)[0]}
    assert UNEXPLAINED in str(caught.value)
    assert "李晓明" not in str(caught.value)
