# Les fiches : neuf pages courtes sur les communautés de pratique.

cards-titles = **Neuf fiches, une page chacune.** Laquelle voulez-vous lire?
cards-page = **{ $title }**
cards-unknown = Aucune fiche ne porte sur « { $topic } ». Leurs titres sont dans « fiches ».

button-cards = Toutes les fiches
help-cards = ouvre les fiches sur les communautés de pratique
example-cards = { $prefix } fiches confidentialité
