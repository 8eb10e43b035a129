# L'aide : une ligne par chose que l'on peut faire.

help-title = **Voici l'essentiel.** Aucune commande n'est obligatoire : n'importe quel mot que vous m'écrivez en privé ouvre l'accueil.
help-all-title = **Tout ce que vous pouvez faire ici**
help-topic-title = **Aide** · { $topic }
help-line = - **{ $command }** : { $what }
help-example = Par exemple : `{ $example }`
help-names = On peut aussi écrire : { $names }
help-visitor =
    Bonjour! Je suis le robot de **{ $community }**.

    Pour entrer : choisissez **Demander à entrer**, ou écrivez « rejoindre ». Cinq questions au plus, puis une personne vous répond. D'ici là, je ne garde rien d'autre que votre formulaire.
help-unknown = Je n'ai pas d'aide sur « { $topic } ». Est-ce que l'un de ces mots irait : { $suggestions }?
help-two-accounts = Un compte sur Slack et un autre sur Matrix comptent pour deux personnes : je ne sais pas encore les relier.
help-help = montre cette aide; « aide » suivi d'un mot explique ce mot

button-help-all = Tout voir
example-help = { $prefix } aide rejoindre
