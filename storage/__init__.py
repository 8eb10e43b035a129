"""What the bot keeps: one file per noun, its tables first, its queries under them.

SQLite by default, PostgreSQL with the same code. SQLModel lives only here. Whoever adds a table
that knows a person declares it in the same file (`KNOWS`), so that export, erasure and `data-map`
see it.
"""
