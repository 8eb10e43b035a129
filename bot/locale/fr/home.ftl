# L'accueil, pour qui n'est pas encore membre ou n'a pas encore choisi sa communauté.

home-visitor =
    Bonjour! Ici, **{ $community }** : { $purpose }

    On y entre par choix : un court formulaire, puis la réponse d'une vraie personne.
home-elsewhere = Bonjour! Aucune communauté n'est encore ouverte ici. Revenez bientôt.

button-home = Ouvrir l'accueil
button-know = Que dois-je savoir?
button-do = Que puis-je faire?
button-who = Qui peut m'aider?

help-home = ouvre l'accueil, d'où tout part
