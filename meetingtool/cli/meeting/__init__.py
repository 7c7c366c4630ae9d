"""Commands of the meeting and its agendas."""
