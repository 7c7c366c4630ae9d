"""Compiles once for all processes of a run: those that share the tests, and the programs that tests start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:  # as in many containers; each process would then compile all of it anew (4 s)
    sys.pycache_prefix = str(Path(__file__).parent / ".pytest_cache" / "compiled")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
