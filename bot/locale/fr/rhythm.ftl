# Le rythme des questions du moment : les mots, les tours, l'aperçu, la relance.

# --- Le rythme en mots.

rhythm-at = { $days } à { $at }
rhythm-until = { $days } à { $at }, jusqu'au { $until }
rhythm-times =
    { $count ->
        [one] { $days } à { $at }, une fois
       *[other] { $days } à { $at }, { $count } fois
    }
rhythm-day =
    { $every ->
        [1] chaque jour
       *[other] tous les { $every } jours
    }
rhythm-week =
    { $every ->
        [1] chaque { $days }
        [2] toutes les deux semaines, le { $days }
       *[other] toutes les { $every } semaines, le { $days }
    }
rhythm-business =
    { $every ->
        [1] chaque jour ouvrable
       *[other] toutes les { $every } semaines, du lundi au vendredi
    }
rhythm-month-nth = le { rhythm-nth } { $days } { rhythm-months }
rhythm-month-day =
    { $nth ->
        [-1] le dernier jour { rhythm-months }
        [1] le 1er { rhythm-months }
       *[other] le { $nth } { rhythm-months }
    }
rhythm-year =
    { $every ->
        [1] chaque année, le { rhythm-day-number } { rhythm-month }
       *[other] tous les { $every } ans, le { rhythm-day-number } { rhythm-month }
    }
rhythm-day-number =
    { $nth ->
        [-1] dernier jour de
        [1] 1er
       *[other] { $nth }
    }
rhythm-months =
    { $every ->
        [1] du mois
       *[other] tous les { $every } mois
    }
rhythm-nth =
    { $nth ->
        [-1] dernier
        [1] premier
        [2] deuxième
        [3] troisième
        [4] quatrième
       *[other] cinquième
    }
rhythm-weekday =
    { $n ->
        [0] lundi
        [1] mardi
        [2] mercredi
        [3] jeudi
        [4] vendredi
        [5] samedi
       *[6] dimanche
    }
rhythm-month =
    { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }
rhythm-and = { $head } et { $last }
rhythm-comma = { $head }, { $last }

# --- Régler le rythme.

rhythm-set = C'est réglé : une { WORD("prompt") } **{ $rhythm }**. Les prochains tours :
rhythm-replaced = C'est changé : une { WORD("prompt") } **{ $rhythm }**. Ce rythme remplace le précédent. Les prochains tours :
rhythm-now = Une { WORD("prompt") } part **{ $rhythm }**. Les prochains tours :
rhythm-tag = Elle est tirée parmi celles qui portent #{ $tag }, tant qu'il en reste.
rhythm-line = - { $when }
rhythm-line-moved = - { $when } : partira plutôt { $leaves }. { $why }
rhythm-line-skipped = - { $when } : sautera. { $why }
rhythm-caps =
    { $how ->
        [half] Les bornes qui protègent l'attention des membres sautent un tour sur deux.
       *[other] Les bornes qui protègent l'attention des membres sautent { $skipped } des { $total } prochains tours.
    }
rhythm-preparation = Rien ne part avant l'ouverture de la communauté.
rhythm-asleep = Les amorces sont éteintes dans les réglages : le rythme dort, et reprendra avec elles.
rhythm-none-yet =
    Aucun rythme n'est réglé : rien ne part sans vous.

    Dites-le avec vos mots : « { $prefix } amorce planifier "chaque mardi 9 h 30" ».
rhythm-none = Aucun rythme n'est réglé : il n'y a rien à sauter ni à arrêter.
rhythm-none-left = Ce rythme n'a plus de tour à venir.
rhythm-stopped = Le rythme est arrêté. Rien ne part plus de soi-même; « amorce publier » reste là quand vous voulez.
rhythm-unread =
    Je n'ai pas compris ce rythme.
    J'ai reconnu : { $understood }.
    Par exemple : « { $prefix } amorce planifier "chaque mardi 9 h 30" », ou « le premier lundi du mois 10 h ».
rhythm-over = Ce rythme serait déjà terminé : aucun tour n'est à venir. Par exemple : « { $prefix } amorce planifier "chaque mardi 9 h 30" ».
rhythm-hours = { $at }, c'est hors des heures de la communauté (de { $from } à { $to }), et rien n'y part. { $near } conviendrait.
rhythm-weekend = Rien ne part le { $days } : ce n'est pas un jour de travail ici. Par exemple : « { $prefix } amorce planifier "chaque mardi 9 h 30" ».

form-prompt-schedule-title = Le rythme des amorces
form-prompt-schedule-words = Quel rythme? Avec vos mots : « chaque mardi 9 h 30 », « toutes les deux semaines le jeudi 10 h », « le premier lundi du mois 10 h ».
form-prompt-schedule-visible = Visible par : l'équipe d'animation · Conservé : tant que vit la communauté.

button-prompt-schedule = Le rythme
button-prompt-schedule-usual = Planifier : { $rhythm }
button-prompt-schedule-change = Changer le rythme
button-prompt-schedule-choose = Choisir un rythme
button-prompt-schedule-stop = Arrêter le rythme
button-prompt-skip-due = Sauter le prochain tour

# --- L'aperçu, et ce qu'il devient.

rhythm-card-planned = Prochain tour : { $when }.
rhythm-card-previewed = **À venir** · { $when }

    { $title }
    { $question } *({ $code })*
rhythm-silence-wait = Pendant le lancement, j'attends votre oui.
rhythm-silence-leave = Sans réponse de votre part, elle partira à cette heure.
rhythm-card-approved = **À venir** · { $when }

    { $title }
    { $question } *({ $code })*

    C'est oui, dit { $name }.
rhythm-card-waiting = **En attente d'un oui** · prévue { $when }

    { $title }
    { $question } *({ $code })*

    Elle partira dès que l'un ou l'une de vous le dira.
rhythm-card-lively = **Retenue** · prévue { $when }

    { $title }
    { $question } *({ $code })*

    { $why }
rhythm-card-held = **Retenue par l'équipe** · prévue { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-given = **En route** · prévue { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-posted = **Publiée** · prévue { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-skipped = Tour sauté · { $when }
rhythm-card-missed = **Tour manqué** · { $when }
    { $why }
rhythm-card-dropped = **Tour annulé** · { $when }
    { $why }

button-prompt-approve = Publier tel quel
button-prompt-publish = Publier maintenant
button-prompt-publish-anyway = Publier quand même
button-prompt-replace = Remplacer
button-prompt-draw-turn = Tirer une question
button-prompt-skip = Sauter
button-prompt-turn = Voir l'aperçu

rhythm-undrawn = pas encore tirée au sort
rhythm-item-previewed = Une { WORD("prompt") } doit partir { $when } : { $question }
rhythm-item-waiting = Une { WORD("prompt") } attend votre oui : { $question }
rhythm-item-lively = Une { WORD("prompt") } est retenue, la discussion est animée : { $question }
rhythm-item-held = Une { WORD("prompt") } est retenue par l'équipe : { $question }

rhythm-skipped =
    C'est sauté : { $when }.
    Le prochain : { $next }.
rhythm-no-other = Il n'y a plus d'autre amorce libre pour ce tour. « Sauter » reste possible.
rhythm-planned = { WORD("prompt", first: "upper") } : { $question }
rhythm-relance-once = Je n'y reviendrai pas une autre fois.
rhythm-relance-planned = Relance : { $question }

rhythm-state-planned = Ce tour est prévu { $when }.
rhythm-state-previewed = Ce tour est prévu { $when }.
rhythm-state-approved = Elle partira { $when }.
rhythm-state-waiting = Ce tour attend un oui.
rhythm-state-lively = Ce tour est retenu : la discussion est animée.
rhythm-state-held = Ce tour est retenu par l'équipe.
rhythm-state-given = Ce tour est en route.
rhythm-state-posted = La question est partie.
rhythm-state-skipped = Ce tour est sauté.
rhythm-state-missed = Ce tour est passé.
rhythm-state-dropped = Ce tour est annulé.
rhythm-state-replaced = Le rythme a changé depuis.
rhythm-state-other = Une autre question a pris sa place : la carte la montre.

rhythm-why-lively = Des membres échangent depuis moins de deux heures : je ne les interromps pas.
rhythm-why-missed = J'étais absent à cette heure-là. Un tour manqué n'est pas repris.
rhythm-why-replaced = Le rythme a changé.
rhythm-why-empty = Il ne reste aucune amorce à publier. « amorce ajouter » en met une dans la banque.
rhythm-why-off = Les amorces sont éteintes dans les réglages.
rhythm-why-space = Aucun salon de discussion n'est ouvert.
rhythm-why-skipped = L'équipe d'animation l'a sauté.
rhythm-why-held = L'équipe d'animation l'a retenu.
rhythm-why-waiting = Il attend un oui.
rhythm-why-given = Il est en route.
rhythm-why-posted = La question est partie.
rhythm-why-dropped = Il est annulé.

month-prompt-turn = { WORD("prompt") }

# --- La relance.

rhythm-nudged =
    La relance de **{ $code }** vient de partir dans le fil; il n'y en aura pas d'autre :
    > { $said }
rhythm-nudged-already = **{ $code }** a déjà eu sa relance. Une seule par question : le silence est une réponse aussi.
rhythm-nudge-which = Plusieurs amorces sont ouvertes. Laquelle relancer?
button-prompt-nudge-code = Relancer { $code }
button-prompt-close-code = Fermer { $code }

# --- Aide.

arg-rhythm-words = le rythme avec vos mots, comme « chaque mardi 9 h 30 »

help-prompt-schedule = règle le rythme des amorces, le montre ou l'arrête
help-prompt-skip = saute le prochain tour du rythme
help-prompt-nudge = relance une amorce dans son fil, une seule fois

example-prompt-schedule = { $prefix } amorce planifier "chaque mardi 9h30"
example-prompt-nudge = { $prefix } amorce relance P07

journal-prompt-schedule = a réglé le rythme des amorces
journal-prompt-schedule-stop = a arrêté le rythme des amorces
journal-prompt-nudge = a relancé une amorce

data-why-rhythm = Les rythmes d'amorces que vous avez réglés, et les tours que vous avez décidés
