"""The participation charter: a template that each community makes its own [ON-3]."""
