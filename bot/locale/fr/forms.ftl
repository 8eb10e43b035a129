# Les formulaires dans une fenêtre, là où la plateforme en a.

button-form-open = Tout remplir en une fois
button-form-change = Changer mes réponses
button-form-window = Ouvrir le formulaire
forms-window-late = « { $form } » : la fenêtre n'a pas eu le temps de s'ouvrir. Elle s'ouvre d'ici, quand vous voulez.
forms-window-send = Envoyer
forms-window-close = Fermer
forms-window-required = Il manque une réponse ici.
forms-window-choice = Choisissez parmi les réponses proposées.
forms-window-gone = Ce formulaire n'attend plus de réponse : il a été envoyé ou annulé entre-temps. Rien d'autre n'a changé.
forms-window-failed = Quelque chose n'a pas marché de mon côté, et j'en suis désolé. Rien n'est perdu : envoyez de nouveau dans un moment. Si cela revient, donnez cette référence au contact technique : { $reference }

# Les titres trop longs pour une fenêtre : 24 signes au plus.
form-again-short = Demande sans réponse
form-charter-question-short = Question sur la charte
form-write-short = Écrire à l'animation

# Les questions telles qu'une fenêtre les dit : sans parler de la conversation, ni répéter ce qu'elle
# montre déjà (ce qui est là, ce qui est facultatif).
form-setup-slow-window = Les périodes calmes. Quand faut-il presque se taire? Par exemple : 24 juin au 15 août, 20 décembre au 5 janvier. Écrivez « aucune » s'il n'y en a pas; si vous laissez vide, rien ne change.
    Pour l'instant : { $now }
form-setup-purpose-window = Le but. En une phrase : qu'est-ce que vos membres viennent chercher ensemble?
form-setup-origin-window = L'origine. Une organisation l'a-t-elle mise sur pied, ou est-elle née d'elle-même?
form-setup-format-window = Le mode. Comment vous rencontrez-vous, le plus souvent?
form-setup-holidays-window = Les jours fériés. Choisissez un ou plusieurs calendriers : je n'y envoie rien. Une date à part s'ajoute plus tard, dans « réglages ».
form-setup-slot-window = Le rendez-vous. Quel jour convient le mieux pour ce qui revient chaque semaine?
form-setup-external-window = Ce qui peut sortir. Qu'est-ce que la communauté accepte de montrer à l'extérieur? Jamais de nom, dans aucun cas.
form-profile-profession-window = Quel est votre rôle ou votre profession?
form-profile-organisation-window = Dans quelle organisation?
form-synthesis-question-window =
    La question dont parlait ce fil : gardez-la, ou dites-la autrement.

    { $before }
form-synthesis-agreed-window = Ce qui fait accord, en une ligne. Rien de tel? Laissez vide.
form-synthesis-open-window = Ce qui reste ouvert, en une ligne. Rien de tel? Laissez vide.
form-synthesis-link-window = Le lien utile : avec qui, et pourquoi. Rien de tel? Laissez vide.
form-prompt-answer-text-window =
    { $question }

    Votre réponse. Vous la reverrez avant que je la publie dans le fil, avec votre nom.
