"""The clean site as a fixture."""

from pathlib import Path

import pytest

from tests.verification.sample_site import Site, clean_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a clean site of two published decisions and one gone."""
    return clean_site(tmp_path)
