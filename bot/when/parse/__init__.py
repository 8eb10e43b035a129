"""Human time in words, French and English: moments, lengths, daily hours, recurrences.

Pure and bounded: every function looks at a few hundred characters at most, and gives None for
what it does not understand. What it did understand is for the person to confirm.
"""

from bot.when.parse.moment import Understood, parse_moment
from bot.when.parse.rules import parse_rule
from bot.when.parse.spans import parse_duration, parse_hours

__all__ = ["Understood", "parse_duration", "parse_hours", "parse_moment", "parse_rule"]
