"""The guide says what the program and the delivered files can do, and nothing else."""

import re
import shlex

import click
import pytest

from pipeline.cli import gongshi
from pipeline.domain.faults import ExitCode
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
COMMANDS = sorted(
    {
        found.split("#")[0].strip()
        for found in re.findall(r"(?:^|`|')gongshi ([a-z][^`'\n]*)", GUIDE, re.MULTILINE)
    }
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_of_the_guide_is_one(line: str) -> None:
    words = shlex.split(line)
    command: click.Command = gongshi
    while words and isinstance(command, click.Group):
        name = words.pop(0)
        assert name in command.commands, line
        command = command.commands[name]
    known = {option for each in command.params for option in each.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_guide_names_many_commands() -> None:
    assert {"rebuild", "doctor", "deploy", "alert", "rollback"} <= {
        line.split()[0] for line in COMMANDS
    }


def test_every_delivered_file_of_the_guide_exists_and_all_are_told_of() -> None:
    named = set(re.findall(r"deploy/[\w./*-]+\w", GUIDE))
    for path in named:
        assert list(ROOT.glob(path)), path
    for path in (ROOT / "deploy").rglob("*"):
        if path.is_file():
            assert path.name in GUIDE or path.match("gongshi*.service") or path.match("*.timer")


def test_every_exit_code_of_the_guide_exists() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", GUIDE, re.MULTILINE)}
    assert codes <= {code.value for code in ExitCode}
    assert ExitCode.BRAKE in codes


def test_every_link_of_the_guide_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
