"""One folder per platform, strangers to one another, the same four names in each.

`__init__` has the settings and builds the adapter, `inbound` and `outbound` translate with pure
functions between the platform's payloads and what the core knows (`bot.events`, `bot.messages`),
and `adapter` is the only file that talks to the platform. Adapters remember nothing by themselves.
"""
