"""The night that every test spoils, made once a worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.night import Night, Program, prepare


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with Program() as program:
        yield prepare(program, tmp_path_factory.mktemp("night"))


@pytest.fixture
def agency(night: Night, tmp_path: Path) -> Path:
    """Return an agency on the eve of the night."""
    return night.copy(tmp_path / "agency")
