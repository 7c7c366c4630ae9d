"""Holding the weekly meeting, its agendas and its papers."""
