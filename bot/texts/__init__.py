"""Every word the bot says: a key and named values in, a sentence of the reader's language out."""

from bot.texts.catalogue import MissingText, Texts
from bot.texts.voice import Voice

__all__ = ["MissingText", "Texts", "Voice"]
