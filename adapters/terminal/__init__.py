"""The chat in a terminal: the demo, scripts, and the first platform on which everything works."""
