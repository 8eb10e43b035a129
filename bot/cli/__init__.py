"""What each sub-command of `copain` does (contracts §2): one module each, imported when asked for.

A sub-command returns the exit status. What went wrong is raised and told by `bot.__main__`:
`Complaint` in one line with exit 1, `Misused` with exit 2, `ConfigError` one line a fault.
"""
