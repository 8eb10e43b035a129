# Quitter la communauté, y revenir, tout faire effacer.

leaving-confirm = **Quitter { $community }?** Je ne demande pas pourquoi.

    Mes messages s'arrêtent tout de suite. Pendant { $days } jours, vous pouvez revenir et tout retrouver; ensuite, tout s'efface. Une pause fait taire mes messages sans rien perdre.
leaving-spaces = Je ne vous retire pas des salons : vous pouvez en sortir vous-même, quand vous voulez.
leaving-came-back = Bon retour dans **{ $community }**, { $name }. Vous retrouvez tout comme avant. Si vous aviez un rôle dans l'équipe, elle peut vous le redonner.
leaving-nothing-to-restore = Il n'y a plus rien à rétablir dans **{ $community }**. Pour y entrer de nouveau, écrivez « rejoindre ».
leaving-still-here = Vous faites toujours partie de **{ $community }**. Pour tout effacer quand même, écrivez « mes-données effacer ».
leaving-last-coordinator =
    Vous êtes la seule personne à coordonner **{ $community }**. Pour qu'elle ne reste pas sans personne, passez d'abord le relais :

    `{ $prefix } role @nom coordination`

    Ensuite, plus rien ne vous retient.
leaving-coordinator-gone = **Plus de coordination en vue** : le compte de { $name } a quitté tous les salons, et personne d'autre ne coordonne **{ $community }**. Son rôle reste en place jusqu'à ce que quelqu'un prenne le relais.

button-leave-yes = Oui, quitter

help-leave = quitte la communauté, en deux clics
