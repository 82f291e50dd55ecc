"""The table of duties names only what exists, and leaves out nothing."""

import ast
from functools import cache
from pathlib import Path

import pytest

from pipeline.cli import gongshi
from pipeline.domain.protected import Category
from pipeline.policy.duty import Duty as PolicyDuty
from pipeline.policy.load import load_policy, pack_keys
from pipeline.policy.model import Policy
from pipeline.report.duties import IMPOSSIBLE, Duty, duties_page, read_duties
from pipeline.report.inspection.triggers import DOCUMENT
from pipeline.site.tables.catalogue import TABLES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "duties.yaml"
DUTIES = read_duties(SOURCE.read_text("utf-8"))
CARRIED_OUT = [duty for duty in DUTIES if duty.way != IMPOSSIBLE]


@cache
def _policy(key: str) -> Policy:
    return load_policy(key)


@cache
def _tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def _exists(kind: str, name: str) -> bool:  # noqa: PLR0911 - one way of asking a kind
    pack, _, key = name.partition("/")
    match kind:
        case "rule":
            return any(r.key == key and r.pack == pack for r in _policy(pack).screening)
        case "record":
            duties = (*_policy(pack).records, *_policy(pack).review)
            return any(d.key == key and d.pack == pack for d in duties)
        case "clock":
            clock = _policy(pack).clocks.get(key)
            return clock is not None and clock.pack == pack
        case "mask":
            return (
                name in Category.__members__
                and _policy("changshan-2021").masks[Category[name]].hide
            )
        case "page":
            return (ROOT / "content" / f"{name}.md").exists()
        case "list":
            return name in {table.key for table in TABLES}
        case "command":
            return name in gongshi.commands
    return (ROOT / name).exists()


def test_every_duty_is_there_once_and_in_order() -> None:
    assert [duty.number for duty in DUTIES] == list(range(1, 137))
    assert len({duty.basis.document for duty in DUTIES}) == 7
    assert all(duty.basis.article for duty in DUTIES)


def test_the_page_is_in_step_with_its_source() -> None:
    assert (ROOT / "docs" / "duties.md").read_text("utf-8") == duties_page(DUTIES)


def test_most_duties_are_carried_out_and_the_rest_say_why_not() -> None:
    assert len(CARRIED_OUT) >= 110
    assert all(len(duty.why) > 10 for duty in DUTIES if duty.way == IMPOSSIBLE)


@pytest.mark.parametrize("duty", CARRIED_OUT, ids=lambda duty: str(duty.number))
def test_what_carries_out_a_duty_exists(duty: Duty) -> None:
    assert [(kind, name) for kind, name in duty.means if not _exists(kind, name)] == []


@pytest.mark.parametrize("duty", CARRIED_OUT, ids=lambda duty: str(duty.number))
def test_the_test_that_proves_a_duty_exists(duty: Duty) -> None:
    path, _, name = duty.test.partition("::")
    assert name in _tests(path)


def test_every_duty_of_every_pack_is_in_the_table() -> None:
    named = {name for duty in DUTIES for kind, name in duty.means if kind == "record"}
    of_documents = {
        f"{each.pack}/{each.key}"
        for key in pack_keys()
        for each in (*_policy(key).records, *_policy(key).review)
        if each.pack != "national"
    }
    assert of_documents - named == set()


def test_a_check_stands_under_a_document_that_asks_for_it() -> None:
    for duty in CARRIED_OUT:
        for kind, name in duty.means:
            pack, _, key = name.partition("/")
            if kind == "record" and pack != "national":
                found = next(
                    d for d in (*_policy(pack).records, *_policy(pack).review) if d.key == key
                )
                assert found.basis.document == duty.basis.document, (duty.number, name)


def _record(name: str) -> PolicyDuty:
    pack, _, key = name.partition("/")
    policy = _policy(pack)
    return next(each for each in (*policy.records, *policy.review) if each.key == key)


@pytest.mark.parametrize("duty", CARRIED_OUT, ids=lambda duty: str(duty.number))
def test_what_is_called_a_gate_holds_and_what_is_called_a_check_does_not(duty: Duty) -> None:
    kinds = {kind for kind, _ in duty.means}
    records = [_record(name) for kind, name in duty.means if kind == "record"]
    if duty.way == "关口" and kinds <= {"record", "clock", "list"}:
        assert any(each.is_gate for each in records)
    if duty.way == "检查" and records:
        assert not all(each.is_gate for each in records)
    if duty.way == "报警":
        assert "clock" in kinds or "code" in kinds or {r.predicate for r in records} & _TIMED


_TIMED = {"stored_in_time", "archived_in_time", "filed_before_inquiry", "preservation_settled"}


def test_the_documents_are_named_as_everywhere() -> None:
    assert DOCUMENT in {duty.basis.document for duty in DUTIES}


@pytest.mark.parametrize("line", ["by: 也许, with: [command:report], test: a",
                                  "by: 检查, with: [other:x], test: a",
                                  "by: 检查, with: [command:report]",
                                  "by: 检查, test: a",
                                  "by: 无法"])  # fmt: skip
def test_a_duty_that_says_too_little_is_refused(line: str) -> None:
    head = "documents: {a: 某制度}\ntests: {}\nduties:\n"
    text = f"{head}- {{n: 1, title: x, doc: a, art: 一, {line}}}"
    with pytest.raises(ValueError, match="义务 1"):
        read_duties(text)
