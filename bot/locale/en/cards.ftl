# The fact cards: nine short pages on communities of practice.

cards-titles = **Nine fact cards, one page each.** Which one would you like to read?
cards-page = **{ $title }**
cards-unknown = No fact card is about "{ $topic }". Their titles are under "cards".

button-cards = All the fact cards
help-cards = opens the fact cards on communities of practice
example-cards = { $prefix } cards confidentiality
