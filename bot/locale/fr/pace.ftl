# Le rythme : le mode et sa raison, les plafonds, ce qui attend, ce qui vient ; la crise et le frein.

pace-title = **Le rythme de la communauté { $community }**
pace-now-preparing = **Mode** : lancement, à partir de l'ouverture.
pace-now-launch =
    { $n ->
        [one] **Mode** : lancement, jusqu'au { $day }. C'est la dernière semaine.
       *[other] **Mode** : lancement, jusqu'au { $day }, encore { $n } semaines.
    }
pace-now-cruise = **Mode** : croisière, le rythme habituel.
pace-now-slow = **Mode** : calme, jusqu'à ce que l'équipe d'animation y mette fin.
pace-now-slow-until = **Mode** : calme, jusqu'au { $day } inclus.
pace-now-calendar = **Mode** : calme, du { $start } au { $end }. C'est une période calme du calendrier.
pace-now-crisis = **Mode** : crise, depuis { $since }. Seules les questions continuent.
pace-brake = **Frein** : jusqu'au { $day }, j'envoie deux fois moins de messages. Des membres ont dit que c'était trop ; le frein se lève seul, à cette date.
pace-busy = **Période chargée** : jusqu'au { $day } inclus, j'envoie deux fois moins de messages.
pace-mode-launch = lancement
pace-mode-cruise = croisière
pace-mode-slow = calme
pace-mode-crisis = crise

pace-caps-space = **Dans un salon** : 1 message par jour au plus, { $n } en { $days } jours, dont { $prompts } { WORD("prompt") } en { $every } jours.
pace-caps-space-quiet =
    { $n ->
        [one] **Dans un salon** : un seul message en { $days } jours au plus, et pas de { WORD("prompt") }.
       *[other] **Dans un salon** : { $n } messages en { $days } jours au plus, et pas de { WORD("prompt") }.
    }
pace-caps-space-none = **Dans les salons** : les questions, leurs réponses et les annulations, rien d'autre.
pace-caps-person = **En privé, à une même personne** : { $n } en { $days } jours au plus, et { $more } en { $longer } jours. Les réponses et ce qu'elle a demandé ne comptent pas.
pace-caps-person-none = **En privé** : seulement les réponses et ce que la personne a demandé.

pace-waiting = **Ce qui attend**
pace-waits = - { $what } · { $space }. { $why }
pace-waits-until = - { $what } · { $space } · { $when }. { $why }
pace-waits-private =
    { $n ->
        [one] - { $what } · en privé, à une personne. { $why }
       *[other] - { $what } · en privé, à { $n } personnes. { $why }
    }
pace-lately = **Depuis quatorze jours**, ce qui n'est pas parti comme prévu
pace-became-moved = - { $what } · { $where } · { $ended } au lieu du { $meant }. { $why }
pace-became-moved-today = - { $what } · { $where } · { $ended }, un peu plus tard. { $why }
pace-became-merged = - { $what } · { $where } · { $ended }. { $why }
pace-became-dropped = - { $what } · { $where } · { $meant }, pas d'envoi. { $why }
pace-in-private =
    { $n ->
        [one] en privé, à une personne
       *[other] en privé, à { $n } personnes
    }
pace-why-merged = Joint à un autre message, pour n'en faire qu'un.
pace-why-void = Ce n'était plus vrai.
pace-why-dropped = L'équipe d'animation l'a retiré.
pace-more =
    { $n ->
        [one] et un autre
       *[other] et { $n } autres
    }
pace-unrolling = Je déroule les trente prochains jours : la liste arrive dans un instant.

pace-posts =
    { $n ->
        [one] **Les trente prochains jours** · un envoi dans les salons, si rien ne change
       *[other] **Les trente prochains jours** · { $n } envois dans les salons, si rien ne change
    }
pace-posts-none = **Les trente prochains jours** · aucun envoi prévu dans les salons.
pace-post =
    { $n }. **{ $when }** · { $what } · { $where }
    {"   "}{ $text }
    {"   "}{ $note }
pace-post-text = « { $text } »
pace-post-drawn = Tirée au sort le jour ouvrable d'avant.
pace-post-quiet = Seulement si peu de personnes ont répondu d'ici là.
pace-post-held = Retenu par l'équipe d'animation.
pace-post-asks = En attente de votre oui.
pace-where-discussion = salons de discussion
pace-private-load =
    { $n ->
        [0] En privé : rien de ma propre initiative.
        [one] En privé : un message au plus à une même personne en sept jours.
       *[other] En privé : { $n } messages au plus à une même personne en sept jours.
    }
pace-known = Je n'ai pas pu dérouler le mois. Voici ce qui est déjà connu.
pace-posts-how = Retenir garde un envoi en attente ; retirer l'annule pour de bon. Aussi : « { $prefix } rythme retenir { $n } ».
pace-no-list = Je n'ai pas encore de liste pour vous. Écrivez « { $prefix } rythme » : chaque envoi aura son numéro.
pace-no-number = Votre liste va de 1 à { $n } : je n'y trouve pas { $number }.
pace-too-soon = Celui-là dépend de ce qui se passera d'ici là : il n'y a encore rien à retenir. Il aura ses boutons quand son tour approchera.
pace-decided = C'est déjà décidé : il est parti, quelqu'un l'a retiré, ou il est déjà dans cet état. Rien n'a changé.
pace-held = C'est retenu. Rien ne part tant que personne ne le relâche.
pace-released = C'est relâché. L'envoi reprend son tour, à la première place libre.
pace-dropped = C'est retiré : il ne partira pas.

pace-set = C'est fait. Mode : { $mode }. Je le dis dans les salons, aux heures de travail.
pace-set-slow = C'est fait. Mode : calme, jusqu'à ce que quelqu'un y mette fin. Je le dis dans les salons, aux heures de travail.
pace-set-slow-until = C'est fait. Mode : calme, jusqu'au { $day } inclus. Je le dis dans les salons, aux heures de travail.
pace-calendar-slow = Le calendrier, lui, reste calme jusqu'au { $day } inclus ; ce mode prend la suite. Les périodes calmes se changent dans les réglages.
pace-already = C'est déjà le mode choisi : { $mode }.
pace-not-slow = Personne n'a choisi le mode calme : il n'y a rien à finir. Les périodes calmes du calendrier se changent dans les réglages.
pace-someone-first = Quelqu'un vient de changer de mode, juste avant vous. Ouvrez le rythme pour voir où il en est.
pace-in-crisis = La communauté est en crise. Écrivez d'abord « { $prefix } crise fin » ; le mode d'avant reprend.
pace-launch-over = Le lancement dure douze semaines, et il s'est terminé le { $day }. La croisière et le mode calme restent possibles.
pace-next-later = pas encore fixé
pace-slow-begun = **Période calme, à partir d'aujourd'hui.** Un message toutes les deux semaines au plus, aucun sondage, aucune question du moment, jusqu'à ce que l'équipe d'animation y mette fin.

    Les documents et l'accueil restent là, et vos questions sont toujours les bienvenues.
pace-cruise-begun = **Rythme de croisière.** J'écris moins souvent que pendant le lancement : deux messages par semaine au plus dans un salon. Vos questions, elles, sont bienvenues n'importe quand.
pace-launch-begun = **Rythme de lancement.** J'écris un peu plus souvent, le temps que la communauté prenne son élan : quatre messages par semaine au plus dans un salon. C'est trop? Choisissez votre rythme dans « moi ».
why-pace-notice = Je vous préviens, car le rythme de mes messages change.

crisis-confirm = **Passer en mode crise?** Dans tous les salons de { $community }, dès maintenant :
    - les questions du moment, les sondages, les conseils et les rappels s'arrêtent, et ce qui attendait ne partira pas plus tard;
    - les questions des membres restent ouvertes et suivies;
    - un message l'annonce tout de suite, quelle que soit l'heure.

    Vous y mettrez fin quand vous voudrez. Je vous demanderai où vous en êtes dans quatorze jours.
crisis-on = **La communauté est en crise** depuis { $since }. Seules les questions continuent. Le rythme d'avant reprend dès que vous le dites.
crisis-begun =
    { $n ->
        [0] Le mode crise est annoncé. Rien d'autre n'attendait.
        [one] Le mode crise est annoncé. Un message qui attendait ne partira pas.
       *[other] Le mode crise est annoncé. { $n } messages qui attendaient ne partiront pas.
    }
crisis-already = Quelqu'un vous a devancé : la communauté est en crise depuis { $since }. C'est annoncé.
crisis-none = La communauté n'est pas en crise : il n'y a rien à finir. « { $prefix } rythme » montre où elle en est.
crisis-over = La crise est finie, et je l'ai annoncé. Mode : { $mode }. Rien de ce qui était suspendu ne partira.
crisis-team = **Mode crise**, déclenché par { $who }. C'est annoncé dans les salons ; seules les questions continuent.
crisis-team-over = **Fin du mode crise**, par { $who }. C'est annoncé dans les salons, et le rythme d'avant reprend.
crisis-still = Le mode crise dure depuis { $days } jours. Est-ce encore le bon rythme? Rien ne change tant que vous n'avez pas choisi.
crisis-kept = C'est noté : le mode crise continue. Je reposerai la question dans quatorze jours.
crisis-kept-card = Le mode crise continue : { $who } l'a confirmé.

button-pace-page = Voir le rythme
button-pace-own = Mon rythme à moi
button-pace-resume = Finir la période calme
button-pace-mode-slow = Passer au calme
button-pace-mode-cruise = Passer en croisière
button-pace-lately = Voir la suite
button-pace-posts =
    { $n ->
        [one] Voir le suivant
       *[other] Voir les { $n } suivants
    }
button-pace-release = Relâcher
button-pace-drop = Retirer
button-crisis = Mode crise
button-crisis-begin = Oui, mode crise
button-crisis-not-now = Non, pas maintenant
button-crisis-end = Finir la crise
pace-button-hold = { $n } · Retenir
pace-button-release = { $n } · Relâcher
pace-button-drop = { $n } · Retirer

kind-prompt = { WORD("prompt") }
kind-relance = relance d'une question
kind-question-relance = relance d'une question de membre
kind-pulse = sondage éclair
kind-activity-announcement = annonce d'activité
kind-activity-reminder = rappel d'activité
kind-charter-version = nouvelle version de la charte
kind-guide = guide d'accueil
kind-guide-again = rappel du guide
kind-charter-again = rappel de la charte
kind-welcome-line = ligne de bienvenue
kind-request-card = demande d'adhésion
kind-card = carte pour l'équipe
kind-request-reminder = rappel d'une demande
kind-alert = alerte pour l'équipe
kind-bundle = envoi du matin de l'équipe
kind-summary = bilan hebdomadaire
kind-preview = aperçu pour l'équipe
kind-responsibility = tâche acceptée
kind-host-reminder = rappel à l'hôte d'une activité
kind-first-words = premiers mots à l'équipe
kind-question = question d'un membre
kind-answer = réponse d'un membre
kind-synthesis = synthèse
kind-recap = retour sur une activité
kind-story = récit
kind-results = résultats d'un sondage
kind-decision = réponse à une demande
kind-question-back = précision demandée
kind-waiting-update = nouvelles d'une demande
kind-activity-change = changement d'activité
kind-cancellation = annulation
kind-pace-notice = changement de rythme
kind-legal = avis que la loi demande
kind-incident = avis d'incident
kind-farewell = au revoir

journal-mode = a changé le mode
journal-crisis = a déclenché le mode crise
journal-crisis-end = a mis fin à la crise
journal-crisis-kept = a prolongé le mode crise
journal-brake = a serré le frein, à la demande des membres
journal-brake-end = a desserré le frein
journal-pace-hold = a retenu un envoi
journal-pace-release = a relâché un envoi
journal-pace-drop = a retiré un envoi

setting-busy-periods = périodes-chargées

help-pace = montre votre rythme ; à l'équipe d'animation, celui de la communauté et le mois à venir
help-pace-launch = passe au rythme de lancement
help-pace-cruise = passe au rythme de croisière
help-pace-slow = passe au mode calme, jusqu'à une date ou jusqu'à nouvel ordre
help-pace-hold = garde en attente un envoi de la liste du rythme
help-pace-release = relâche un envoi retenu
help-pace-drop = retire un envoi de la liste du rythme
help-crisis = arrête tout, sauf les questions
help-crisis-end = met fin à la crise
example-pace-slow = { $prefix } rythme calme jusqu'au 15 août
example-pace-hold = { $prefix } rythme retenir 3
example-pace-release = { $prefix } rythme relâcher 3
example-pace-drop = { $prefix } rythme retirer 3
arg-pace-until = jusqu'à quand, par exemple « jusqu'au 15 août » ; « fin » pour reprendre
arg-pace-number = le numéro de l'envoi dans la liste du rythme
