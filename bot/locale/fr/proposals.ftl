# Les questions que les membres proposent pour la banque, et la réponse de l'équipe.

help-suggest = propose une question pour le salon, ou montre les vôtres
example-suggest = { $prefix } proposer "Comment accueillez-vous une personne nouvelle?" #accueil

# --- Proposer.

form-suggest-title = Proposer une question
form-suggest-short = Proposer une question
form-suggest-text =
    Quelle question aimeriez-vous poser à la communauté? Une seule, courte, qui part de la pratique. Un mot-clé à la fin, comme #accueil, aide à la ranger.
    Actuellement : { $now }
form-suggest-visible = Visible par : l'équipe d'animation, avec votre nom; les membres, sans votre nom, si elle part dans le salon ou si quelqu'un propose presque la même · Conservé : 30 jours après un non; dans la banque après un oui, sans votre nom si vous partez.
form-suggest-words-title = Envoyer votre question
form-suggest-words-send =
    Voici ce que l'équipe d'animation lira :

    { $text }
    { $tags }

    On l'envoie?
form-suggest-words-send-yes = Envoyer à l'équipe
form-suggest-words-send-no = Changer les mots

proposals-sent =
    C'est envoyé à l'équipe d'animation, merci! Sa réponse arrivera ici.

    { $text }
proposals-blank = Il me faut des mots : une question courte, par exemple « Comment accueillez-vous une personne nouvelle? »
proposals-enough = Merci pour toutes ces idées! C'est { $most } par jour au plus, pour que l'équipe ait le temps de bien les lire. La suite demain?
proposals-same =
    Cette question est déjà dans la banque, sous **{ $code }**. Elle aura son tour :

    { $twin }
proposals-same-waiting =
    Cette question a déjà été proposée, et l'équipe d'animation va y répondre :

    { $twin }
proposals-twin =
    La banque a déjà une question toute proche, sous **{ $code }** :

    { $twin }

    La vôtre :

    { $text }

    On en reste là, ou l'équipe tranche?
proposals-twin-waiting =
    Une question toute proche attend déjà la réponse de l'équipe :

    { $twin }

    La vôtre :

    { $text }

    On en reste là, ou l'équipe tranche?
proposals-left-it =
    Très bien, rien n'est envoyé. Voici vos mots, s'ils peuvent resservir :

    { $text }

button-proposal-new = Proposer une question
button-proposal-leave = En rester là
button-proposal-send = Proposer quand même
button-proposal-withdraw = Retirer ma question
button-proposal-mine = Mes propositions

# --- Les siennes.

proposals-me =
    { $n ->
        [0] **Vos propositions** : aucune n'attend de réponse
        [one] **Vos propositions** : une attend la réponse de l'équipe
       *[other] **Vos propositions** : { $n } attendent la réponse de l'équipe
    }
proposals-none = Vous n'avez rien proposé ces derniers temps. Une question qui vous trotte dans la tête?
proposals-mine = **Vos propositions**
proposals-mine-waiting = { $n }. { $text } *(proposée le { $asked }; l'équipe va vous répondre)*
proposals-mine-accepted = { $n }. { $text } *(gardée le { $decided }; elle partira un jour dans le salon)*
proposals-mine-declined = { $n }. { $text } *(pas retenue, le { $decided })*
proposals-mine-left = { $n }. { $text } *(retirée à votre départ)*
proposals-number-withdraw = { $n } · Retirer
proposals-number-again = { $n } · Proposer de nouveau
proposals-withdrawn =
    C'est retiré : l'équipe ne la lit plus, et je n'en garde pas les mots. Les voici, si vous y revenez :

    { $text }

# --- La réponse, pour la personne qui a proposé.

proposals-told-accepted =
    Bonne nouvelle : l'équipe d'animation garde votre question. Elle est dans la banque et partira un jour dans le salon, sans votre nom. Merci!

    { $text }
proposals-told-mended =
    Bonne nouvelle : l'équipe d'animation garde votre question, un peu retouchée. Elle est dans la banque et partira un jour dans le salon, sans votre nom. Merci!

    { $text }
proposals-told-declined =
    L'équipe d'animation a lu votre question et ne la met pas dans la banque cette fois-ci. Merci de l'avoir proposée : la prochaine sera lue avec le même soin.

    { $text }

    Le mot de l'équipe : { $reason }

# --- Pour l'équipe d'animation.

proposals-card =
    Amorce proposée par **{ $name }** :

    { $text }
    { $tags }
proposals-card-near = Proche de **{ $code }**, proposée quand même : { $twin }
proposals-card-accepted = Acceptée par { $by } le { $at }, sous **{ $code }**.
proposals-card-declined =
    Déclinée par { $by } le { $at }.
    Le mot de l'équipe : { $reason }
proposals-card-withdrawn = Cette proposition a été retirée. Il n'y a plus rien à faire.

proposals-list =
    { $n ->
        [one] **Une proposition attend votre réponse**
       *[other] **{ $n } propositions attendent votre réponse**
    }
proposals-waiting = { $n }. { $text } *(proposée le { $asked })*
proposals-others =
    { $n ->
        [one] Et une autre, une fois celles-ci décidées.
       *[other] Et { $n } autres, une fois celles-ci décidées.
    }
proposals-number = Voir la { $n }
proposals-nothing = Aucune proposition n'attend. Quand un membre propose une question, elle arrive ici.
proposals-bank = Voir la banque
proposals-todo = Une amorce proposée : { $text }
proposals-by = - **{ $code }** · { $question } *(proposée par { $name })*

proposals-accepted =
    C'est dans la banque, sous **{ $code }**. Je le dis à la personne qui l'a proposée.

    { $text }
proposals-declined = C'est décliné. Je le dis à la personne qui l'a proposée, avec nos remerciements.

proposals-is-waiting = Votre question attend la réponse de l'équipe.
proposals-is-accepted = La question est dans la banque, sous { $code }.
proposals-is-declined = La question n'a pas été retenue.
proposals-is-withdrawn = La proposition a été retirée.

form-proposal-modify-title = Modifier puis accepter
form-proposal-modify-text =
    Dans quels mots entre-t-elle dans la banque? La personne qui l'a proposée les lira.
    Actuellement : { $now }
form-proposal-modify-visible = Visible par : l'équipe d'animation et la personne qui a proposé, puis tout le salon le jour où elle part · Conservé : tant que vit la communauté.
form-proposal-decline-title = Décliner une proposition
form-proposal-decline-reason =
    { $text }

    Un mot pour la personne qui l'a proposée? Une ligne suffit : elle la lira telle quelle. Rien à ajouter? Passez.
form-proposal-decline-visible = Visible par : la personne qui a proposé, et l'équipe d'animation · Conservé : 30 jours.

button-proposals =
    { $n ->
        [one] Une proposition à lire
       *[other] { $n } propositions à lire
    }
button-proposal-card = Voir la proposition
button-proposal-accept = Accepter
button-proposal-modify = Modifier puis accepter
button-proposal-decline = Décliner

journal-proposal-accept = a accepté une amorce proposée
journal-proposal-decline = a décliné une amorce proposée
data-why-proposal = Les questions que vous avez proposées
data-why-proposal-decided = Vos réponses aux questions proposées
data-kept-proposal = dans la banque si l'équipe les garde, sans votre nom si vous partez; sinon, 30 jours après la réponse
