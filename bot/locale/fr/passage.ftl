# Une personne dans un salon fermé sans y avoir été admise.

button-passage-ask = Inviter à faire une demande
button-passage-guest = C'est une personne invitée
button-passage-expel = Retirer du salon
button-passage-resume = Reprendre
button-passage-card = Voir

passage-card = **De passage** · { $name } ({ $account }) est dans { $space } sans avoir fait de demande.
    Les mots des membres n'y sont pas repris avant votre décision. Sans décision, je n'y publierai plus rien à partir du { $date }.
passage-asked = **De passage** · { $name }, dans { $space }. Une invitation à faire une demande lui est envoyée par { $by }. La décision reste à prendre.
passage-invitation =
    Bonjour { $name }. Vous êtes dans { $space }, un salon de **{ $community }** : { $purpose }

    On y entre en le demandant : un court formulaire, puis la réponse d'une vraie personne. Rien ne vous y oblige.
passage-decided-member = ✅ { $name } est maintenant membre. Plus rien n'attend dans { $space }.
passage-decided-declined = La demande de { $name } est refusée. Pour une sortie de { $space }, il reste à le lui dire, puis à retirer son compte du salon.
passage-decided-guest = ✅ { $name } est une personne invitée dans { $space }, selon { $by }.
passage-decided-expelled = { $name } ne fait plus partie de { $space }. Décision prise par { $by }.
passage-left = { $name } n'est plus dans { $space }. Rien à décider.
passage-by-hand = **À faire à la main** · Je n'ai pas le droit de retirer { $name } moi-même.
    Là où la personne est encore : { $spaces }
passage-stopped = **Je ne publie plus rien dans { $space }.** { $name } s'y trouve depuis trois jours ouvrables, sans demande et sans décision.
    Décidez ci-dessous; le salon pourra ensuite reprendre.
passage-first-decide = Il reste à décider pour { $name }. Ensuite, le salon pourra reprendre.
passage-resumed = ✅ Je publie de nouveau dans { $space }. Reprise décidée par { $by }.
passage-goes-on = Le salon a déjà repris.
passage-no-space = Le salon n'est plus suivi.
passage-gone = La personne n'est plus dans le salon.
passage-todo = { $name } est de passage dans { $space }
