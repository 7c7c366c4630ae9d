"""Records on a PostgreSQL server, behind the same verbs.

`schema/` holds what an administrator applies: tables, row security, triggers, and the functions through which all
writing goes. `address` reads what `--data` says, `link` is the one connection, `books` and `team` are the engine,
`outbox` keeps what was recorded while the server was away, `moving` moves a folder there and back, `administration`
looks after schema, teams and members, `office` is what an HR office sees. psycopg is imported in `link` alone.
"""
