# What is done often. Everything runs from the environment in .venv (see CONTRIBUTING.md).
BIN = .venv/bin

.PHONY: check test bench pictures commands dev

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test:
	$(BIN)/python -m pytest

bench:
	$(BIN)/python tests/benchmarks/startup.py

pictures:
	$(BIN)/python docs/pictures.py

commands:
	$(BIN)/python docs/commands.py

# TEXTUAL=devtools,debug makes Textual read a style sheet again whenever it is saved.
dev:
	TEXTUAL=debug $(BIN)/meetingtool demo
