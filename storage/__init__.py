"""Everything that is remembered: one file per noun, its tables first and its queries under them.

SQL is written here and nowhere else. Features call these functions directly; a SQLite file in a
temporary folder is fast enough to be its own fake, so there is no second implementation for tests.
"""
