"""The night and the first load that the tests spoil, made once a worker."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import bundled
from tests.conftest import ROOT
from tests.faults.loading import Loading
from tests.faults.night import Night, Program, prepare
from tests.left_behind import everything


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Night]:
    with Program() as program:
        yield prepare(program, tmp_path_factory.mktemp("night"))


@pytest.fixture
def agency(night: Night, tmp_path: Path) -> Path:
    """Return an agency on the eve of the night."""
    return night.copy(tmp_path / "agency")


@pytest.fixture(scope="session")
def theme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return one theme for all, so that no work on it changes a site between two runs."""
    return Path(shutil.copytree(bundled("theme"), tmp_path_factory.mktemp("theme") / "theme"))


@pytest.fixture
def loading(tmp_path: Path, theme: Path, monkeypatch: pytest.MonkeyPatch) -> Loading:
    made = Loading.made(tmp_path, theme)
    monkeypatch.setenv("GONGSHI_TEST_ORDERS", str(made.orders))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return made


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, theme: Path) -> dict[str, Any]:
    """Return what one process leaves that nothing befalls."""
    made = Loading.made(tmp_path_factory.mktemp("undisturbed"), theme)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGSHI_TEST_ORDERS", str(made.orders))
        done = made.rebuild()
    assert done.returncode == 0, done.stderr
    assert not made.unfinished.exists()
    return everything(made.folder)
