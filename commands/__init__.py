"""One file per feature: its words, buttons, timers and rules. This is the table of contents.

A handler is short: it reads, asks storage to write, and returns what should be said. It never
sends, never commits, never uses the network; `bot.dispatch` and `bot.delivery` do that around it.
"""
