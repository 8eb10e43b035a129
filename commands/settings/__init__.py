"""The settings of a community: `table` declares them, `reading` understands what is typed."""
