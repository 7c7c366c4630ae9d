"""The two computers that the tests of merging share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.actions.keeping.two_computers import Computers


@pytest.fixture
def computers(folder: Path, tmp_path: Path, now: datetime) -> Computers:
    return Computers(folder, tmp_path / "elsewhere", now)
