"""What a server installs: the very versions that were tested, for the oldest Python, no tools."""

import re
import tomllib
from importlib.metadata import distribution

import pytest
from packaging.specifiers import SpecifierSet

from tests.conftest import ROOT

OLDEST = "3.11.2"  # the Python of Debian 12
LOCKS = ("requirements.lock", "deploy/requirements.lock")


def pins(name: str) -> dict[str, str]:
    """Return each library with its version and hashes, as the lock has them."""
    told = (ROOT / name).read_text("utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+(?: \\\n +--hash=\S+)+)", told, re.MULTILINE)
    return {library.lower().replace("_", "-"): rest for library, rest in found}


def wanted(*lists: list[str]) -> set[str]:
    return {
        re.split(r"[<>=\[; ]", each)[0].lower().replace("_", "-") for some in lists for each in some
    }


def test_a_server_installs_the_versions_that_were_tested() -> None:
    assert pins("deploy/requirements.lock").items() <= pins("requirements.lock").items()


def test_a_server_installs_all_the_program_can_use_and_no_tool_of_its_makers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    used = wanted(
        project["project"]["dependencies"],
        extras["cluster"],
        extras["postgres"],
        project["build-system"]["requires"],
    )
    locked = pins("deploy/requirements.lock").keys()
    assert used <= locked
    assert not (wanted(extras["dev"]) - used) & locked


@pytest.mark.parametrize("name", LOCKS)
def test_every_library_works_with_the_oldest_python(name: str) -> None:
    refused = {
        library: asked
        for library in pins(name)
        if (asked := distribution(library).metadata["Requires-Python"])
        and OLDEST not in SpecifierSet(asked)
    }
    assert refused == {}
    assert len(pins(name)) > 50
