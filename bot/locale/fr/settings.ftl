# Les réglages : ce que la coordination peut changer en conversation, et que tout le monde peut lire.

settings-title = **Les réglages de { $community }**
settings-how =
    Pour changer une valeur : `{ $prefix } reglages slot jeudi`. Pour revenir à celle du fichier : `{ $prefix } reglages slot défaut`.
    Tout le monde peut lire cette page; la coordination peut la changer. Ouvrir l'entrée à tout le monde (join) demande deux personnes.
settings-line = - { $label } (`{ $name }`) : **{ $value }** · { $kind }, { $default } par défaut · { $source }
settings-one = Voici ce réglage :
settings-who = Qui peut le changer : { $who }.
settings-who-one = la coordination
settings-who-two = la coordination, avec l'accord d'une deuxième personne de l'équipe d'animation
settings-choices = Réponses possibles : { $choices }.
settings-example = Par exemple : `{ $prefix } reglages { $name } …`
settings-either = { $first } · { $then }

settings-changed = C'est changé. { $label } : **{ $value }**. Avant : { $before }.
settings-same = Rien à changer. { $label } : **{ $value }**, déjà.
settings-unknown = Je ne connais pas de réglage « { $key } ». Écrivez « réglages » pour les voir tous.
settings-unknown-near = Je ne connais pas de réglage « { $key } ». Est-ce que l'un de ces noms irait : { $near }?

settings-bad-choice = Je ne reconnais pas « { $typed } ». Réponses possibles : { $choices }.
settings-bad-switch = Je ne reconnais pas « { $typed } ». Répondez par « oui » ou « non ».
settings-bad-number = Il me faut un nombre entier de { $least } à { $most }; j'ai lu « { $typed } ».
settings-bad-time = Je ne lis pas d'heure dans « { $typed } ». Par exemple : 9 h 30.
settings-bad-hours = Je ne lis pas d'heures de travail dans « { $typed } ». Par exemple : 8 h 30 à 16 h 30. Les jours vont toujours du lundi au vendredi.
settings-bad-zone = Je ne connais pas de fuseau horaire « { $typed } ». Par exemple : { $near }.
settings-bad-holidays = Je ne connais pas de calendrier « { $typed } ». Écrivez { $known }, avec des dates à ajouter s'il le faut : CA-QC, 2026-09-30. « aucun » convient aussi.
settings-bad-slow = Je ne lis pas de période dans « { $typed } ». Par exemple : 24 juin au 15 août, 20 décembre au 5 janvier. « aucune » convient aussi.
settings-bad-form = Je ne lis pas de questions dans « { $typed } ». De une à { $most }, séparées par des virgules; un ? après celles qui sont facultatives : profession, organisation, attentes?

settings-join-asked = Ouvrir l'entrée à tout le monde demande deux personnes. J'ai posé la question à l'équipe d'animation; elle a sept jours pour dire oui. D'ici là, rien ne change.
settings-join-card =
    Une proposition de **{ $who }** : ouvrir l'entrée de **{ $community }**. N'importe qui pourrait alors devenir membre sans demande, les salons pourraient être publics, et l'annuaire serait fermé.

    Il faut l'accord d'une deuxième personne d'ici sept jours. Sans réponse, rien ne change.
settings-join-done = C'est d'accord, avec { $who } : l'entrée de **{ $community }** est maintenant ouverte à tout le monde.
settings-join-late = Les sept jours sont passés; rien n'a changé. La coordination peut reposer la question : « réglages join ouverte ».
settings-join-same = Cette réponse revient à une deuxième personne de l'équipe d'animation.
settings-join-alone = Ouvrir l'entrée demande deux personnes, et vous êtes la seule pour l'instant. Donnez d'abord un rôle à quelqu'un : « rôle @nom animation ».

settings-group-community = **La communauté**
settings-group-time = **Le temps**
settings-group-parts = **Ce qui est en marche**
settings-group-digest = **Le résumé des membres**
settings-group-people = **Les personnes et les données**
settings-group-words = **Les mots d'ici**

settings-source-chat = changé en conversation
settings-source-file = lu dans le fichier
settings-source-default = jamais changé

settings-kind-text = texte
settings-kind-choice = choix
settings-kind-switch = oui ou non
settings-kind-number = nombre
settings-kind-time = heure
settings-kind-hours = heures
settings-kind-zone = fuseau horaire
settings-kind-holidays = calendriers et dates
settings-kind-slow = périodes
settings-kind-form = liste de questions

settings-value-unset = rien
settings-value-none = rien
settings-value-calendars = celles des calendriers
settings-value-mode = selon le rythme
settings-value-on = oui
settings-value-off = non
settings-value-fr = français
settings-value-en = anglais
settings-value-intentional = mise sur pied par une organisation
settings-value-spontaneous = née d'elle-même
settings-value-virtual = à distance
settings-value-private = en privé
settings-value-space = dans le salon
settings-value-week = chaque semaine
settings-value-fortnight = toutes les deux semaines
settings-value-mixed = mixte
settings-value-in-person = en personne
settings-value-closed = fermée, sur demande
settings-value-open = ouverte
settings-value-figures = chiffres sans nom
settings-value-figures-and-stories = chiffres et récits
settings-value-monday = lundi
settings-value-tuesday = mardi
settings-value-wednesday = mercredi
settings-value-thursday = jeudi
settings-value-friday = vendredi
settings-value-saturday = samedi
settings-value-sunday = dimanche
settings-hours = de { $from } à { $to }
settings-period = du { $from } au { $to }
settings-periods = { $first }, { $then }
settings-day = { $day ->
    [1] 1er
   *[other] { $day }
 }
settings-month-1 = { settings-day } janvier
settings-month-2 = { settings-day } février
settings-month-3 = { settings-day } mars
settings-month-4 = { settings-day } avril
settings-month-5 = { settings-day } mai
settings-month-6 = { settings-day } juin
settings-month-7 = { settings-day } juillet
settings-month-8 = { settings-day } août
settings-month-9 = { settings-day } septembre
settings-month-10 = { settings-day } octobre
settings-month-11 = { settings-day } novembre
settings-month-12 = { settings-day } décembre

setting-name = nom
setting-purpose = but
setting-origin = origine
setting-format = mode
setting-language = langue
setting-join = entrée
setting-form = formulaire
setting-timezone = fuseau
setting-holidays = jours-fériés
setting-working-hours = heures
setting-slow-periods = périodes-calmes
setting-slot = rendez-vous
setting-summary-day = jour-du-bilan
setting-summary-at = heure-du-bilan
setting-posts-a-week = messages-par-semaine
setting-digest-place = lieu-du-résumé
setting-digest-every = fréquence-du-résumé
setting-digest-day = jour-du-résumé
setting-digest-at = heure-du-résumé
setting-welcome-line = bienvenue-publique
setting-prompts = amorces
setting-pulses = sondages
setting-digest = résumé
setting-library = documents
setting-directory = annuaire
setting-nameless = sans-mon-nom
setting-hint = mot-en-privé
setting-contacts-privacy = contact-données
setting-contacts-technical = contact-technique
setting-contacts-coach = contact-accompagnement
setting-contacts-appeal = contact-appel
setting-host = responsable-des-données
setting-hosting = hébergement
setting-external-report = rapport-externe
setting-words-community = mot-communauté
setting-words-member = mot-membre
setting-words-animator = mot-animation
setting-words-coordinator = mot-coordination
setting-words-prompt = mot-amorce
setting-words-question = mot-question
setting-words-activity = mot-activité
setting-words-document = mot-document
setting-words-pulse = mot-sondage
setting-words-digest = mot-résumé
setting-words-summary = mot-bilan
setting-words-charter = mot-charte

button-settings-reset = Revenir au fichier
button-settings-show = Voir les réglages
button-settings-join-yes = Oui, j'accepte

help-settings = montre les réglages de la communauté; la coordination peut les changer
example-settings = { $prefix } reglages rendez-vous jeudi
arg-key = le nom du réglage
arg-value = la nouvelle valeur
