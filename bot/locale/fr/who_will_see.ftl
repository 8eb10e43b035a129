# « Qui verra ça? » : qui lira une réponse, avec de vrais noms.

button-who-will-see = Qui verra ça?

who-will-see-title = **Qui verra ça?**
who-will-see-self = **Dans la communauté** : personne d'autre que vous.
who-will-see-addressee = **La personne concernée** : elle lit vos mots tels quels.
who-will-see-team = **L'équipe d'animation** aujourd'hui : { $names }.
who-will-see-members =
    { $n ->
        [one] **Les membres** : une personne aujourd'hui.
       *[other] **Les membres** : { $n } personnes aujourd'hui.
    }
who-will-see-room = **{ $space }** : salon fermé. Qui y est, et qui y entrera, peut lire ce qui s'y publie.
who-will-see-room-public = **{ $space }** : salon ouvert à qui veut, au-delà des membres.
who-will-see-server = **La personne qui administre la messagerie** { $reads }.

who-will-see-tap = **Un bouton** : les autres n'en voient que le total. Je garde votre choix jusqu'à la fermeture; puis seul reste le total, et pendant 30 jours le fait que vous avez répondu.
who-will-see-thread = **Un message dans le fil, une réaction** : toutes les personnes du salon les voient, avec votre nom. Je n'en garde pas le texte.
who-will-see-private = **Répondre en privé** : je publie vos mots dans le fil après vous les avoir montrés, avec votre nom ou, là où c'est offert, sans lui. Je n'en garde pas le texte une fois publié.
