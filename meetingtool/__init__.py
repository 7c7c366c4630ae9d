"""meetingtool: run the customer service item of a weekly team meeting, and keep what it teaches."""

__version__ = "0.1.0"
