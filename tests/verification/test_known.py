"""What is known of a record spares reading it again, and never changes what is found."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from html import escape

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.verification.known import packed, unpacked
from pipeline.verification.leaks import Gate, Looked
from pipeline.verification.lines import Lines
from pipeline.verification.model import Expectation
from pipeline.verification.values import Page

SLUGS = tuple(f"2024/{number}-0a1b2c3d4{number}" for number in range(6))
NAME, NUMBER = "完颜若水", "330822197001010017"

Told = Sequence[tuple[str, str]]
"""The address of each decision, and what is said of it."""


def _workbook(told: Told) -> bytes:
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([("网址", "内容"), *told]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    return target.getvalue()


def _page(told: Told) -> bytes:
    items = (f'<li><a href="decisions/{s}.html">{escape(text)}</a></li>' for s, text in told)
    return f"<h1>决定</h1><ul>{''.join(items)}</ul><footer>常山县</footer>".encode()


def _csv(told: Told) -> bytes:
    rows = (f'{slug},"{text.replace(chr(34), chr(34) * 2)}"' for slug, text in told)
    return "\r\n".join(["网址,内容", *rows]).encode("utf-8-sig")


def _feed(told: Told) -> bytes:
    each = (f"<entry><id>{s}</id><title>{escape(text)}</title></entry>" for s, text in told)
    return f"<feed><title>决定</title>{''.join(each)}</feed>".encode()


FORMS: Mapping[str, Callable[[Told], bytes]] = {
    "lists/2024.html": _page,
    "data/2024.csv": _csv,
    "data/2024.jsonl": lambda told: "\n".join(map(json.dumps, told)).encode(),
    "api/2024.json": lambda told: json.dumps({"count": len(told), "items": told}).encode(),
    "feeds/all.atom": _feed,
    "data/2024.xlsx": _workbook,
}
CLEAN = tuple((slug, f"当事人某某第{slug[5]}号") for slug in SLUGS)


def _gate(hidden: Mapping[str, Sequence[str]]) -> Gate:
    return Gate(Expectation(records=(), hidden=hidden))


def _first(path: str, content: bytes) -> Looked:
    looked = _gate({}).look(path, content)
    assert not looked.leaks
    return looked


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("secret", [f"证人{NAME}称", f"身份证号{NUMBER}"], ids=["name", "number"])
def test_what_is_planted_into_any_record_is_found(path: str, secret: str) -> None:
    known = _first(path, FORMS[path](CLEAN)).known
    gate = _gate(dict.fromkeys(SLUGS, (NAME,)))
    for at, (slug, text) in enumerate(CLEAN):
        spoilt = FORMS[path]([*CLEAN[:at], (slug, text + secret), *CLEAN[at + 1 :]])
        found = gate.look(path, spoilt, known)
        assert found.leaks
        assert found == gate.look(path, spoilt)


@pytest.mark.parametrize("path", FORMS)
def test_what_is_hidden_since_is_found_in_a_record_that_has_not_changed(path: str) -> None:
    told = [*CLEAN[:3], (SLUGS[3], f"证人{NAME}称，编号 99{NUMBER}"), *CLEAN[4:]]
    content = FORMS[path](told)
    known = _first(path, content).known
    for hidden in ({SLUGS[3]: (NAME,)}, {"2023/1-0000000000": (f"99{NUMBER}",)}):
        found = _gate(hidden).look(path, content, known)
        assert found.leaks
        assert found == _gate(hidden).look(path, content)


@pytest.mark.parametrize("path", FORMS)
def test_only_the_record_that_changed_is_read(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = _first(path, FORMS[path](CLEAN)).known
    read: list[str] = []
    really = Lines.read

    def noted(self: Lines, text: str) -> tuple[Page, object]:
        read.append(text)
        return really(self, text)

    monkeypatch.setattr(Lines, "read", noted)
    told = [CLEAN[0], *CLEAN[2:4], (SLUGS[4], "当事人另一人"), CLEAN[5]]
    found = _gate({SLUGS[4]: (NAME,)}).look(path, FORMS[path](told), known)
    text = "\n".join(read)
    assert "另一人" in text
    assert not any(what in text for _, what in CLEAN)
    assert found.words >= {slug for slug, _ in told}


@pytest.mark.parametrize("path", FORMS)
def test_nothing_is_known_of_a_file_in_which_a_number_stands(path: str) -> None:
    content = FORMS[path]([*CLEAN[:5], (SLUGS[5], "电话05702345678")])
    assert not _gate({}).look(path, content).known


PARTS = ("完", "颜", "若", "水", "证人", "1", "38", "0057", " ", "-", "\n", "<b>", "&#", '"', ",")
SAID = (f"证人{NAME}称", f"身份证号{NUMBER}", f"编号99{NUMBER}", "电话05702345678", *SLUGS)
TEXTS = st.lists(st.sampled_from(PARTS), max_size=20).map("".join) | st.sampled_from(SAID)
TOLD = st.lists(st.tuples(st.sampled_from(SLUGS), TEXTS), max_size=8)
HIDDEN = st.dictionaries(
    st.sampled_from(SLUGS),
    st.sampled_from([(), (NAME,), (NUMBER,), (f"99{NUMBER}",), ("完颜",)]),
    max_size=3,
)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([p for p in FORMS if "xlsx" not in p]), TOLD, TOLD, HIDDEN, HIDDEN)
def test_whatever_is_known_the_same_is_found(
    path: str,
    before: list[tuple[str, str]],
    since: list[tuple[str, str]],
    hidden_before: dict[str, tuple[str, ...]],
    hidden: dict[str, tuple[str, ...]],
) -> None:
    known = _gate(hidden_before).look(path, FORMS[path](before)).known
    content = FORMS[path]([*since, *before[:4]])
    assert _gate(hidden).look(path, content, known) == _gate(hidden).look(path, content)


def test_what_is_known_goes_into_few_bytes_and_comes_back() -> None:
    known = _first("data/2024.csv", FORMS["data/2024.csv"](CLEAN)).known
    assert len(known) == len(CLEAN) + 1
    assert unpacked(packed(known)) == known
    assert unpacked(b"") == {} == unpacked(packed(known)[:-3])
