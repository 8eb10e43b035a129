# L'accueil d'une personne qui arrive : le guide, la trousse, et ce qui s'arrête quand on le demande.

welcome-guide =
    { $name ->
        [G1] **Étape { $step } de { $of } · Tout retrouver**
        [G2] **Étape { $step } de { $of } · Demander**
       *[G3] **Étape { $step } de { $of } · Choisir votre rythme**
    }

    { $text }
welcome-later = D'accord. Je vous proposerai le guide une autre fois, le { $date }. D'ici là, il est dans « bienvenue ».
welcome-later-ends = C'est noté : je ne vous reparlerai ni du guide ni de la suite de l'accueil. Tout reste dans « bienvenue ».
why-guide-again = Vous aviez choisi « Plus tard » : voici le guide, une dernière fois.

welcome-kit = **Bienvenue dans { $community }**
welcome-kit-purpose = **Ce qui nous réunit** : { $purpose }
welcome-kit-who-sees = **Qui voit quoi** : je ne garde jamais vos échanges, et rien de vous ne va à votre employeur. Les données sont sous la responsabilité de { $host }.
welcome-kit-ask = **Pour demander** : une phrase suffit, dans le salon ou ici, en privé. Parlez de la pratique, jamais d'une personne que l'on pourrait reconnaître.
welcome-kit-quiet = **Pour être au calme** : « moi » règle vos heures et le nombre de messages; « pause » arrête tout jusqu'à une date. Lire sans écrire est une façon de participer.

welcome-depart = « Départ » peut vouloir dire deux choses : souhaitez-vous quitter la communauté, ou relire l'accueil?

button-guide = Ouvrir le guide
button-welcome = Relire l'accueil
button-welcome-unnamed = Ne pas me saluer en public

help-welcome = redonne l'accueil : la raison d'être, la charte, qui voit quoi, comment demander
help-depart = demande si vous voulez quitter ou relire l'accueil
