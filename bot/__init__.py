"""Copain, a bot for communities of practice: the map of the program, in prose.

A chat platform tells an adapter that something happened. The adapter translates it into one of
the few things that can happen (`events`), and `dispatch` handles it in one transaction: it claims
the event, finds who acts (`people`), which handler is meant (`registry`, `parsing`, `routing`),
whether that person may (`permissions`), runs the handler, and turns what it returns (`messages`)
into rows of the outbox (`speaking`). Only after the commit does `delivery` hand those rows to the
adapters.

What the bot starts by itself is first an intent, a row that `courtesy` releases, merges, moves or
drops (`pacing` joins the rule to the rows). Time comes in by the same door: a due timer row is an
event. Forms (`forms`) are asked one question at a time where a platform has no modal.

This folder knows no chat SDK, no SQL and no scheduler: what it needs of others stands in `ports`,
and `app` alone joins all folders together.
"""
