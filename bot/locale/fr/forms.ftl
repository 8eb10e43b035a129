# Les formulaires dans une fenêtre, là où la plateforme en a.

button-form-open = Tout remplir ici
button-form-window = Ouvrir le formulaire
forms-window-late = « { $form } » : la fenêtre n'a pas eu le temps de s'ouvrir. Elle s'ouvre d'ici, quand vous voulez.
forms-window-send = Envoyer
forms-window-close = Fermer
forms-window-required = Il manque une réponse ici.
forms-window-choice = Choisissez parmi les réponses proposées.
forms-window-gone = Ce formulaire n'attend plus de réponse : il a été envoyé ou annulé entre-temps. Rien d'autre n'a changé.
forms-window-failed = Quelque chose n'a pas marché de mon côté, et j'en suis désolé. Rien n'est perdu : envoyez de nouveau dans un moment. Si cela revient, donnez cette référence au contact technique : { $reference }
