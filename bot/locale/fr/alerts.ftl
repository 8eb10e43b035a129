# Les alertes à l'équipe d'animation : ce qui ne peut pas attendre un conseil de la semaine.

alerts-newcomer =
    { $days ->
        [one] Le premier message de **{ $name }** attend une réponse depuis un jour ouvrable.
       *[other] Le premier message de **{ $name }** attend une réponse depuis { $days } jours ouvrables.
    }
alerts-newcomer-where = Vous le trouverez dans **{ $space }** : { $name }, { $at }.
alerts-newcomer-answered = Quelqu'un a répondu entre-temps. Tout va bien, rien n'attend plus ici.

button-newcomer-message = Voir le message
