"""The house stays in order: documents, lock file, catalogue and sizes agree with the code."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from pipeline.cli import gongshi
from pipeline.domain.faults import ExitCode
from pipeline.intake.sheet_columns import EXTENSIONS, REVIEW_COLUMNS, STANDARD
from pipeline.policy.load import load_policy
from pipeline.settings import bundled

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "pipeline" / "locale" / "zh_CN" / "LC_MESSAGES" / "messages"


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_every_command_stands_in_the_readme(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    for command in gongshi.commands:
        assert f"gongshi {command}" in text


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_every_make_target_of_the_readme_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z-]+)\b", (ROOT / name).read_text("utf-8")))
    code = {each for each in named if each in targets}
    assert {"site", "test", "serve", "check", "bench", "eval", "coverage"} <= code


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_every_link_of_the_readme_leads_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
        assert (ROOT / target).exists(), target


def test_every_exit_code_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    told = text[text.index("退出码：") :].split("\n\n")[0]
    assert set(map(int, re.findall(r"(?<!\d)(\d+) ", told))) == {code.value for code in ExitCode}


def test_the_lock_file_pins_every_dependency_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = {
        name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=\[; ]", each)[0].lower().replace("_", "-") for each in wanted}
    assert names <= pinned
    assert "://" not in lock


def test_the_chinese_catalogue_is_compiled_from_its_source() -> None:
    with CATALOGUE.with_suffix(".po").open("rb") as source:
        written = {m.id: m.string for m in read_po(source) if m.id}
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        assert {m.id: m.string for m in read_mo(compiled) if m.id} == written


def test_no_module_grows_past_three_hundred_lines() -> None:
    lengths = {
        path.relative_to(ROOT): len(path.read_text("utf-8").splitlines())
        for path in (*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "theme").rglob("*.js"))
    }
    assert {path: n for path, n in lengths.items() if n > 300} == {}


@pytest.mark.parametrize("name", ["theme", "content", "publishconf.py"])
def test_what_travels_with_the_program_is_found(name: str) -> None:
    assert bundled(name).exists()


def test_every_column_that_a_remedy_names_is_one_the_sheets_know() -> None:
    policy = load_policy("changshan-2021")
    named = {
        name
        for rule in policy.screening
        for pair in re.findall(r"列“([^”]+)”|“([^”]+)”列", rule.remedy)
        for name in pair
        if name
    }
    known = {
        heading
        for column in (*STANDARD, *EXTENSIONS, *REVIEW_COLUMNS)
        for heading in (column.heading, *column.aliases)
    }
    assert len(named) > 5
    assert named <= known
