# L'accueil, pour qui n'est pas encore membre ou n'a pas encore choisi sa communauté.

home-visitor =
    Bonjour! Ici, **{ $community }** : { $purpose }

    On y entre par choix : un court formulaire, puis la réponse d'une vraie personne.
home-elsewhere = Bonjour! Aucune communauté n'est encore ouverte ici. Revenez bientôt.

button-home = Ouvrir l'accueil

help-home = ouvre l'accueil, d'où tout part

home-doors = **{ $community }** · Par quelle porte?

home-door = **{ $door }** { $behind }
home-behind-find-doc = les documents
home-behind-next-activities = les dates
home-behind-recaps = les synthèses
home-behind-read-charter = la charte
home-behind-cards = les fiches
home-behind-ask = poser une question
home-behind-current-prompt = répondre à la question du moment
home-behind-suggest = proposer un sujet
home-behind-find-person = des personnes qui ont dit oui
home-behind-write-animators = l'équipe d'animation
home-behind-problem = un coup de main technique

# La page à soi, là où la plateforme en a une.
home-page-hello = Bonjour { $name }. Vous êtes dans **{ $community }**.
home-page-visitor =
    Bonjour! Ici, **{ $community }**.
    { $purpose }

    { $how }
home-page-how = On y entre par choix : un court formulaire, puis la réponse d'une vraie personne.
home-page-preparation = Elle se prépare encore. Dès qu'elle ouvrira, vous pourrez demander à entrer d'ici.
home-page-closed = Elle est fermée pour le moment : on ne peut pas y entrer.
home-page-part = Une partie de cette page ne s'affiche pas pour le moment. Le reste est à jour.
