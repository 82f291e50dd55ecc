"""The index of a whole site: what is in it, and what has left it."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipeline.domain.cleared import ClearedDecision
from pipeline.domain.public import PublicRecord, Standing
from pipeline.site.lists import Listed
from pipeline.site.search.card import Card, card_of
from pipeline.site.search.words import grams, labels
from tests.site.builders import (
    COMPANY,
    PERSON,
    SHOP,
    build,
    decision,
    gone,
    published,
    record_of,
    text,
)


def index(root: Path, records: Iterable[PublicRecord]) -> dict[str, bytes]:
    build(root, records)
    folder = root / "site" / "search"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def said(root: Path) -> dict[str, list[list[object]]]:
    """What the index of a built site says of itself."""
    found: dict[str, list[list[object]]] = json.loads(
        (root / "site" / "search" / "index.json").read_bytes()
    )
    return found


def about(n: int, words: str, **changed: object) -> ClearedDecision:
    return replace(decision(n), facts=text(words), **changed)  # type: ignore[arg-type]


def holds(files: dict[str, bytes], found: np.ndarray) -> bool:
    """Whether the shards of the only block lead from every gram somewhere."""
    shard = next(data for name, data in files.items() if name.startswith("words-"))
    values, keys, value, shift = [], set(), 0, 0
    for byte in shard:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            values.append(value)
            value = shift = 0
    key = at = 0
    while at < len(values):
        key += values[at]
        keys.add(key)
        at += 2 + values[at + 1]
    return {int(gram) for gram in found} <= keys


def test_the_words_the_number_and_the_kinds_of_a_decision_are_known(tmp_path: Path) -> None:
    files = index(tmp_path, [record_of(about(3, "在城北大桥下倾倒泔水"))])
    for known in ("倾倒泔水", "青石桥建材", "12000.50"):
        assert holds(files, grams(known)), known
    assert holds(files, labels("number:2026:3", "penalty:罚款", "amount:2"))
    assert not holds(files, grams("尿毒症"))


def test_what_is_withdrawn_has_left_every_byte(tmp_path: Path) -> None:
    others = [published(n, on=date(2024, 1, 1) + timedelta(days=n)) for n in range(1, 40)]
    doomed = record_of(about(77, "在城北大桥下倾倒泔水"))
    index(tmp_path / "one", [*others, doomed])
    after = index(tmp_path / "one", [*others, gone(77, Standing.WITHDRAWN)])
    assert after == index(tmp_path / "other", [*others, gone(77, Standing.WITHDRAWN)])
    assert not any("泔水".encode() in data for data in after.values())
    remembered = b"".join(
        file.read_bytes() for file in (tmp_path / "one" / "site.search").iterdir()
    )
    assert int(grams("泔水")[0]).to_bytes(4, "little") not in remembered


def test_the_name_of_a_punished_person_cannot_be_searched_for(tmp_path: Path) -> None:
    cleared = about(5, "郝运来在桥下倾倒泔水", parties=(PERSON, COMPANY))
    shop = about(6, "葛大勇在桥下倾倒泔水", parties=(SHOP,))
    files = index(tmp_path, [record_of(cleared), record_of(shop)])
    for name in ("郝运来", "葛大勇"):
        assert not holds(files, grams(name))
        assert not any(name.encode() in data for data in files.values())
    texts = [json.loads(data) for name, data in files.items() if name.startswith("texts/")]
    assert any("当事人在桥下倾倒泔水" in found["text"] for found in texts)
    assert any("经营者在桥下倾倒泔水" in found["text"] for found in texts)


def test_an_empty_site_has_an_empty_index(tmp_path: Path) -> None:
    files = index(tmp_path, [])
    assert json.loads(files["index.json"])["blocks"] == []
    assert files["words-0/0.bin"] == b""


def test_of_a_block_in_which_one_decision_changed_only_that_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def card_read(entry: Listed, of: ClearedDecision) -> Card:
        read.append(entry.case_number)
        return card_of(entry, of)

    monkeypatch.setattr("pipeline.site.search.block_words.card_of", card_read)
    others = [published(n, on=date(2024, 1, 1) + timedelta(days=n)) for n in range(1, 40)]
    index(tmp_path / "one", [*others, record_of(about(77, "在城北大桥下倾倒泔水"))])
    assert len(read) == 40
    read.clear()
    changed = record_of(about(77, "在城北大桥下倾倒垃圾"))
    after = index(tmp_path / "one", [*others, changed])
    assert read == [changed.case_number]
    assert after == index(tmp_path / "other", [*others, changed])


def test_a_changed_word_rewrites_only_the_shards_of_that_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.site.search.postings.SIZE", 100)
    others = [published(n, on=date(2025, 12, 25) + timedelta(days=n)) for n in range(1, 30)]
    before = index(tmp_path, [*others, record_of(about(77, "在城北大桥下倾倒泔水"))])
    built = build(tmp_path, [*others, record_of(about(77, "在城北大桥下倾倒垃圾"))])
    old, new = json.loads(before["index.json"])["blocks"], said(tmp_path)["blocks"]
    assert [block[:5] for block in old] == [block[:5] for block in new]
    assert sum(one != other for one, other in zip(old, new, strict=True)) == 1
    changed = next(other for one, other in zip(old, new, strict=True) if one != other)
    folder = f"search/{changed[0]}/"
    shards = {path for path in before if path.startswith(f"{changed[0]}/")}
    written = {path for path in built.changes.written if path.startswith("search/20")}
    assert written
    assert all(path.startswith(folder) and path.endswith(".bin") for path in written)
    assert len(written) < len(shards) / 3


def test_other_decisions_are_in_another_folder(tmp_path: Path) -> None:
    one = index(tmp_path / "one", [published(1), published(2)])
    other = index(tmp_path / "other", [published(1), published(3)])
    assert not {name for name in one if name.startswith("20")} & other.keys()
