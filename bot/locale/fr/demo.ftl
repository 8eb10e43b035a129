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
demo-fault-bot = Ce nom est celui du bot : { $found }
demo-fault-long = C'est trop de temps d'un coup : { $found }. Dix ans sont possibles.
demo-fault-utf8 = Cette ligne n'est pas en UTF-8.
demo-fault-chat-only = Cette instruction n'existe que dans le clavardage : { $found }
demo-fault-chat-order = Je ne connais pas { $found }. Tapez « @aide » pour voir ce qui est possible.

# Le clavardage : ce que la personne au clavier lit à côté des messages.
demo-screen-day = — { $day } —
demo-screen-edits = remplace { $line }
demo-screen-removes = retire { $line }
demo-chat-greeting =
    Bienvenue! Vous voici en privé avec Copain, comme une personne qui arrive.
    Tapez `aide`, ou écrivez ce que vous voulez.
    `@as marie` : parler au nom de quelqu'un d'autre · `@skip 1d` : laisser passer un jour · `@aide` : tout le reste · Ctrl-D : partir.
demo-chat-orders =
    ### Qui parle
    - `@as marie` ou `@as marie general` : parler au nom de Marie, en privé ou dans un salon.
    - `marie: bonjour` · `marie @dm: aide` · `marie @annonces: merci` : une seule ligne, sans changer de place.
    - `@join nadia` · `@leave nadia` : quelqu'un arrive, quelqu'un part.

    ### Agir sur un message, par son numéro
    - `[Accepter]` ou `[2] 12` : presser un bouton.
    - `^12: d'accord` : répondre dans le fil. `marie +12 📌` : réagir. `marie ~12: mieux` : modifier. `marie -12` : supprimer.

    ### Le temps
    - `@skip 3d 4h` : laisser passer trois jours et quatre heures. `@until 2026-03-09T08:30` : aller jusque-là.

    ### Le reste
    - `@down`, puis `@up` : arrêter le bot, puis le relancer.
    - `@space general public` : rendre un salon public, ou privé avec `private`.

    Sont là : { $names }.
    La touche Tab complète ce que vous tapez; Ctrl-C efface la ligne; Ctrl-D termine.
demo-chat-speaker = Vous parlez maintenant au nom de { $name }.
demo-chat-clock = Nous sommes { $now }.
demo-chat-joined = { $name } est maintenant dans { $space }.
demo-chat-left = { $name } n'est plus dans aucun salon.
demo-chat-done = C'est fait.
demo-chat-toolbar = { $now } · @aide · Ctrl-D pour partir
