# Everyday words that several messages use.

yes = yes
no = no

# "A, B and C", "A, B or C". With two items, { $first } is the first.
list-and = { $first } and { $last }
list-or = { $first } or { $last }

role-visitor = visitor
role-member = member
role-animator = facilitator
role-coordinator = coordinator

# The words a community may replace with its own: WORD("prompt").
word-community = community of practice
word-member = member
word-animator = facilitation team
word-coordinator = coordination
word-prompt = current question
word-question = question
word-activity = activity
word-document = document
word-pulse = pulse
word-digest = digest
word-summary = weekly summary
word-charter = participation charter
