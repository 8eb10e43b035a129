# Les états d'une communauté, le choix entre plusieurs, et les personnes qui étaient là avant le robot.

community-bot = Copain

community-opened = C'est ouvert. **{ $community }** commence aujourd'hui, et ses douze semaines de lancement aussi. Merci d'avoir pris le temps de préparer.
community-opened-team = **C'est ouvert** : { $who } vient d'ouvrir { $community }. Je me suis présenté dans les salons de discussion. Les personnes qui choisiront **Je participe** vous attendront dans « Ce qui attend ».
community-reopened = Bonjour à toutes et à tous. { $who } a rouvert **{ $community }** : je reprends là où nous en étions.
community-reopened-team = **C'est rouvert** : { $who } vient de rouvrir { $community }. Tout reprend là où nous en étions.
community-open-again = C'est rouvert. **{ $community }** reprend là où elle en était; rien de ce qui était suspendu n'est renvoyé.
community-already-open = **{ $community }** est déjà ouverte; rien n'a changé.
community-already-closed = **{ $community }** est déjà fermée; rien n'a changé.
community-someone-first = Quelqu'un vient de changer l'état de **{ $community }**, juste avant vous. Écrivez « communauté » pour voir où elle en est.
community-no-space = Il manque encore un salon. Dans celui où l'on discutera, écrivez `{ $prefix } salon discussion`. Ensuite, je pourrai ouvrir.

community-close-confirm =
    Fermer **{ $community }**? Je dirai au revoir une fois dans les salons, puis je me tairai.

    La mémoire reste lisible, chaque personne peut encore recevoir et effacer ses données, et **ouvrir** suffit pour reprendre.
community-closed = **{ $community }** est fermée. Tout ce qu'elle sait reste lisible. Pour reprendre un jour, écrivez « ouvrir ».
community-farewell =
    { $who } vient de fermer la communauté **{ $community }**. Merci pour tout ce que vous y avez mis en commun.

    Je ne publierai plus rien ici. En privé, vous pouvez encore lire ce que nous avons gardé, recevoir vos données ou les effacer. Une question : { $contact }

community-which = Vous faites partie de plusieurs communautés. De laquelle s'agit-il? Je m'en souviendrai; « communauté » permet d'en changer.
community-which-now = Nous parlons de **{ $community }**. De laquelle voulez-vous parler maintenant?
community-chosen = C'est noté : nous parlons de **{ $community }**. Pour changer, écrivez « communauté ».
community-unknown = Je ne trouve pas « { $typed } » parmi vos communautés : { $names }.

community-about =
    Vous êtes dans **{ $community }**.
    { $purpose }
community-state-preparation = Elle est **en préparation** : rien ne part avant que quelqu'un choisisse **Ouvrir**.
community-state-open = Elle est **ouverte**.
community-state-closed = Elle est **fermée** : sa mémoire reste lisible, et plus rien n'y commence.
community-since = Depuis le { $day }.
community-role = Votre rôle : { $role }.

community-page = **Mes communautés.** Cette page parle de **{ $community }**. Choisissez-en une autre : la page suivra.
community-page-none = Bonjour! Plusieurs communautés vivent ici : { $names }. Vous ne faites encore partie d'aucune; on y entre par choix.

button-open = Ouvrir
button-community-close = Fermer la communauté
button-community-close-yes = Oui, fermer
button-community-keep = Non, garder ouverte
button-community-which = Choisir la communauté

existing-waiting = Personnes qui ont choisi « Je participe » : { $n }. La liste est à cocher une fois.
existing-list = **Qui est bien d'ici?** Ces personnes étaient dans un salon avant moi et ont choisi « Je participe ». Elles sont déjà membres; cochez la liste, ou touchez un nom.
existing-line = - { $name }
existing-none = Toute la liste est cochée. Merci.
existing-one = { $name } a choisi « Je participe ». Cette personne est-elle bien d'ici?
existing-ticked = C'est coché. Dans la liste : { $n }.
existing-ticked-one = C'est coché : { $name } est bien d'ici.
existing-removed = C'est fait : { $name } n'est plus membre. Je lui écris avec tact, en lui disant à qui parler si c'est une erreur.
existing-done = Quelqu'un s'en est déjà occupé. Merci quand même.
existing-not-one =
    Bonjour { $name }. Vous aviez choisi « Je participe » dans **{ $community }**. L'équipe d'animation a relu la liste et ne vous y a pas reconnu comme membre : votre participation n'est plus comptée.

    C'est peut-être une erreur. Pour en parler à une personne : { $contact }. Vous pouvez aussi demander à entrer.
existing-by-request = On entre maintenant dans **{ $community }** par une courte demande : cinq questions au plus, puis la réponse d'une vraie personne.

button-existing-list = Voir la liste
button-existing-all = Tout le monde est d'ici
button-existing-tick = Oui
button-existing-not-one = Non, pas d'ici

help-open = ouvre la communauté, quand tout est prêt
help-close-community = ferme la communauté, après un oui
help-community = dit de quelle communauté nous parlons, et permet d'en changer
example-community = { $prefix } communaute Réseau Nord
arg-community = le nom de la communauté
