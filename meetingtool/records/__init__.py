"""What is kept: frozen records, one module per noun.

Annotations here are objects, not strings (no `from __future__ import annotations`): msgspec looks at each field to make
a decoder, and resolving a string takes eight times as long, at every start of the program.
"""
