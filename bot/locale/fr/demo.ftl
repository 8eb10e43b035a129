# La démonstration dans le terminal : ce qui ne va pas dans une ligne de script.

demo-fault-line = Je ne comprends pas cette ligne.
demo-fault-order = Je ne connais pas cette instruction : { $found }
demo-fault-time = Ce n'est pas une date : { $found }. Par exemple : 2026-03-02T09:00
demo-fault-duration = Ce n'est pas une durée : { $found }. Par exemple : 3d 4h
demo-fault-clock-back = L'horloge ne recule pas.
demo-fault-clock-first = « @clock » se place en premier; ensuite, « @skip » et « @until » font passer le temps.
demo-fault-past = Ce moment est déjà passé : { $found }
demo-fault-nobody = Il n'y a personne de ce nom : { $found }
demo-fault-no-space = Il n'y a pas de salon de ce nom : { $found }
demo-fault-unseen = Cette personne ne voit pas ce lieu : { $found }
demo-fault-no-message = Cette personne ne voit pas de message { $found }.
demo-fault-not-yours = Le message { $found } n'est pas de cette personne.
demo-fault-no-button = Cette personne ne voit pas de bouton « { $found } ».
demo-fault-changed = Cette ligne n'est plus celle que ce dossier a déjà jouée.
demo-fault-at-line = Ligne { $line } : { $fault }
