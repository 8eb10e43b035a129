# Mots de tous les jours, que plusieurs messages reprennent.
# Typographie : espaces et apostrophes ordinaires ici, les bonnes sont mises au chargement.

yes = oui
no = non

# « A, B et C », « A, B ou C ». Avec deux éléments, { $first } est le premier.
list-and = { $first } et { $last }
list-or = { $first } ou { $last }

role-visitor = de passage
role-member = membre
role-animator = animateur ou animatrice
role-coordinator = coordonnateur ou coordonnatrice

# Les mots qu'une communauté peut remplacer par les siens : WORD("prompt").
word-community = communauté de pratique
word-member = membre
word-animator = équipe d'animation
word-coordinator = coordination
word-prompt = question du moment
word-question = question
word-activity = activité
word-document = document
word-pulse = sondage éclair
word-digest = résumé
word-summary = bilan hebdomadaire
word-charter = charte de participation
