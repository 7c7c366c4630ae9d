"""`python -m meetingtool`."""

from __future__ import annotations

from meetingtool.cli import main

if __name__ == "__main__":
    main()
