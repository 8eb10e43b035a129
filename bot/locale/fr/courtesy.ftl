# Pourquoi un message que Copain voulait envoyer attend, a changé de jour ou ne partira pas.
# Ces phrases se lisent dans « rythme », après le nom du message.

courtesy-why-scheduled = Prévu à cette heure.
courtesy-why-window = Les messages attendent les heures de travail.
courtesy-why-holiday = C'est un jour férié.
courtesy-why-spread = Un message à la fois : celui-ci prend la place suivante.
courtesy-why-collision = Un autre message passe d'abord ; il y a au moins 24 heures entre les deux.
courtesy-why-expired = Il ne serait plus utile maintenant.
courtesy-why-untrue = Il n'y avait plus rien à en dire.

courtesy-why-held = L'équipe d'animation l'a retenu.
courtesy-why-stopped = Ce salon est arrêté : rien n'y est publié.
courtesy-why-visitor = Une personne de passage est dans ce salon : les mots des membres attendent une décision.
courtesy-why-preparation = La communauté est encore en préparation.
courtesy-why-closed = La communauté est fermée.
courtesy-why-crisis = La communauté est en crise : seules les questions continuent.
courtesy-why-slow = C'est une période calme.
courtesy-why-pause = La personne a choisi une pause.
courtesy-why-muted = La personne a choisi de ne plus recevoir ce genre de message.

courtesy-why-posts-day = Un message par jour dans un même salon, pas plus.
courtesy-why-posts = Le salon a déjà reçu ses messages de la semaine.
courtesy-why-posts-all = Le salon a déjà reçu ses messages de la semaine, rappels compris.
courtesy-why-prompt = La dernière { WORD("prompt") } est trop récente.
courtesy-why-relance = Une seule relance par sujet.
courtesy-why-reminder = Deux messages par activité dans un salon, pas plus.
courtesy-why-private-week = La personne a déjà reçu ses messages privés de la semaine.
courtesy-why-private-month = La personne a déjà reçu ses messages privés du mois.
courtesy-why-tip = Un conseil par semaine, pas plus.
courtesy-why-bundle = Les alertes tiennent dans un seul envoi, et il est déjà parti.
courtesy-why-summary = Le bilan de la semaine est déjà parti.
courtesy-why-onboarding = Les étapes d'accueil restent espacées.
courtesy-why-welcome = Une ligne de bienvenue par jour, pour tout le monde.
courtesy-why-helper = La personne a déjà reçu une demande d'aide cette semaine.

courtesy-why-pulse = Il y a au moins 28 jours entre deux sondages éclair.
courtesy-why-pulse-week = Un sondage éclair et une { WORD("prompt") } ne commencent pas la même semaine.
courtesy-why-pulse-unshared = Le résultat du sondage éclair précédent n'est pas encore partagé.
courtesy-why-pulse-year = Il y a déjà eu huit sondages éclair en un an.
courtesy-why-pulse-launch = Pendant le lancement, les sondages éclair attendent les semaines 6 et 12.
