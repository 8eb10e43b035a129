"""Asking to join, and being answered by a person [ON-1, ON-2].

`handlers` is what the applicant does, `decisions` what animators do, `clock` what time does;
`service` carries a decision out; `cards` is what each of them reads; `rules` is pure.
"""
