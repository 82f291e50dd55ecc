"""A copy of the sample agency for each test of operations, and the time of its last night."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipeline.operations.doctor.model import Patient
from pipeline.settings import load_settings
from tests.conftest import SampleAgency

NIGHT = date(2026, 11, 20)
BEIJING = timezone(timedelta(hours=8))


@pytest.fixture
def agency(sample: SampleAgency, tmp_path: Path) -> Iterator[Path]:
    """Yield a copy of the sample after all its nights; opening a register narrows the umask."""
    shutil.copytree(sample.folder, tmp_path / "agency", symlinks=True)
    mask = os.umask(0o022)
    yield tmp_path / "agency"
    os.umask(mask)


def patient(agency: Path, *, later: timedelta = timedelta()) -> Patient:
    """Return the agency as examined now, or so much later."""
    now = datetime.now(UTC).astimezone(BEIJING) + later
    return Patient(settings=load_settings(agency), now=now, today=NIGHT)
