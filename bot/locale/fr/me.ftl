# « Moi » : les réglages d'une personne, ses pauses, ses heures, son profil.

me-visitor =
    Vous n'êtes pas membre ici, ou pas encore : je ne garde presque rien sur vous, et vous pouvez voir quoi.
me-language = **Langue** : { $language }
me-language-fr = Français
me-language-en = English
me-language-choose = Dans quelle langue voulez-vous que je vous écrive?
me-language-changed = C'est noté. Je vous écris maintenant dans cette langue : { $language }
me-hours = **Vos heures** : { $hours }
me-hours-community = celles de la communauté, de { $from } à { $to }
me-hours-own = de { $from } à { $to }, { $days }
me-days-working = du lundi au vendredi
me-days-all = tous les jours
me-day-0 = lundi
me-day-1 = mardi
me-day-2 = mercredi
me-day-3 = jeudi
me-day-4 = vendredi
me-day-5 = samedi
me-day-6 = dimanche
me-zone = **Fuseau horaire** : { $zone }. **Jours fériés** : { $holidays }
me-holidays-ca-qc = Québec
me-holidays-ca-qc-public = Québec, secteur public
me-holidays-fr = France
me-holidays-fr-alsace-moselle = Alsace-Moselle
me-nothing = rien de précisé
me-pause = **Pause** : { $pause }
me-pause-none = aucune
me-pause-day = jusqu'au { $day } inclus
me-pause-moment = jusqu'au { $moment }
me-pause-endless = jusqu'à nouvel ordre
me-muted = **Messages coupés** : { $kinds }
me-kinds-none = aucun
me-profile = **Profil** : { $profile }
me-counted =
    { $counted ->
        [yes] **Activité** : comptée dans les totaux, sans nom
       *[no] **Activité** : pas comptée
    }
me-greeted =
    { $greeted ->
        [yes] **Ligne de bienvenue dans le salon** : oui
       *[no] **Ligne de bienvenue dans le salon** : non
    }
me-greeting-changed =
    { $wanted ->
        [yes] C'est noté : la ligne de bienvenue du salon peut vous nommer.
       *[no] C'est noté : la ligne de bienvenue du salon ne vous nommera pas.
    }
me-page = **Mes réglages**

button-me = Moi
button-greeting-yes = Me nommer à l'accueil
button-greeting-no = Ne pas me nommer
button-notifications = Genres de messages

pace-own = **Votre rythme.** Ce que vous choisissez ici passe avant les réglages de la communauté.
button-hours-community = Heures de la communauté
button-hours-evening = Soirée, 17 h à 21 h
button-hours-night = Nuit, 20 h à 22 h
button-hours-other = D'autres heures
hours-changed = C'est noté. Mes messages privés viennent à ces heures-là : { $hours }
hours-unreadable = Je n'ai pas reconnu d'heures. Par exemple : « 20 h à 22 h », ou « lundi au jeudi 9 h à 12 h ».
form-hours-title = Vos heures
form-hours-hours = À quelles heures puis-je vous écrire? Par exemple : « 20 h à 22 h », ou « lundi au jeudi 9 h à 12 h ».
form-hours-visible = Visible par : vous. Conservé : tant que vous êtes membre, puis 30 jours.

pause-choose =
    Pause actuelle : { $pause }

    Pendant une pause, je ne vous écris rien en privé. Vous pouvez toujours m'écrire : je réponds. Combien de temps?
pause-begun = Bonne pause. Plus rien de moi en privé, { $pause }. Vous pouvez y mettre fin quand vous voulez.
pause-ended = Bon retour. Mes messages reprennent à vos heures : { $hours }
pause-none = Il n'y avait pas de pause. Je vous écris à vos heures : { $hours }
pause-past = Cette date est déjà passée : { $day }. Choisissez une date à venir, ou une durée comme « 2 semaines ».
pause-unreadable = Je n'ai pas reconnu de date. Par exemple : « jusqu'au 20 mars », « 2 semaines » ou « fin ».
form-pause-title = Votre pause
form-pause-until = Jusqu'à quand? Une date (« 20 mars ») ou une durée (« 10 jours »).
form-pause-visible = Visible par : vous. Conservé : tant que vous êtes membre, puis 30 jours.
button-pause-for-week = Une semaine
button-pause-for-fortnight = Deux semaines
button-pause-for-month = Un mois
button-pause-for-other = Jusqu'à une date
button-pause-for-endless = Sans date de fin
button-pause-end = Finir ma pause

notifications-title = **Les messages que je peux vous écrire de moi-même.** Un bouton coupe un genre ou le remet.
notifications-wanted = **Vous les recevez** : { $kinds }
notifications-unwanted = **Coupés** : { $kinds }
notifications-always = Les réponses à ce que vous faites, et ce que la loi nous oblige à dire, arrivent toujours.
notifications-on = C'est noté : vous les recevrez de nouveau. Genre de message : { $kind }
notifications-off = C'est noté : je n'enverrai plus ce genre de message : { $kind }
less-kind = Genre coupé : { $kind }
button-less = Moins de ceci
button-kind-on = ☑ { $kind }
button-kind-off = ☐ { $kind }
button-kind-again = Finalement, oui
kind-pulse-invitation = invitations aux sondages
kind-pulse-reminder = rappels de sondage
kind-newcomer-pulse = sondage du premier mois
kind-tip = conseils d'animation
kind-story-invitation = invitations à raconter
kind-document-review = relecture de vos liens
kind-still-useful = question annuelle
kind-digest = résumé privé
kind-private-reminder = rappels d'activités
kind-helper-offer = questions sur vos sujets
kind-follow-up = suivi de vos questions

profile-changed = C'est noté. Les autres membres liront : { $profile }
form-profile-title = Votre profil
form-profile-name = Quel nom voulez-vous montrer?
form-profile-profession = Quel est votre rôle ou votre profession? (facultatif)
form-profile-organisation = Dans quelle organisation? (facultatif)
form-profile-visible = Visible par : les membres. Conservé : tant que vous êtes membre, puis 30 jours.

help-me = montre vos réglages et vos données, et permet de les changer
help-language = change la langue dans laquelle je vous écris
help-profile = change votre nom, votre profession, votre organisation
help-notifications = choisit les genres de messages que vous recevez
help-pause = fait taire mes messages privés jusqu'à une date
example-language = { $prefix } langue en
example-pause = { $prefix } pause jusqu'au 20 mars
arg-language = la langue : « fr » ou « en »
arg-until = jusqu'à quand, par exemple « jusqu'au 20 mars » ou « fin »
