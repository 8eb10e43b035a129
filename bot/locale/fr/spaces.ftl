# Les salons : en faire un de la communauté, le libérer, et ce qui arrive quand il devient public.

spaces-list = **Les salons de la communauté.** Pour en ajouter un, ou changer son usage, écrivez dans ce salon : `{ $prefix } salon discussion` (ou annonces, animateurs, aucun).
spaces-none = Aucun salon pour l'instant. Dans celui que vous voulez, écrivez `{ $prefix } salon discussion` (ou annonces, animateurs).
spaces-line = - { $space } : { $use } · { $state }
spaces-tracked = C'est fait : { $space } sert maintenant à ceci : { $use }.
spaces-same = Rien à changer : { $space } sert déjà à ceci : { $use }.
spaces-freed = C'est fait : { $space } n'est plus un salon de la communauté. Je n'y vois et n'y publie plus rien.
spaces-not-one = Ce salon n'appartient à aucune communauté; rien à libérer.
spaces-say-it-there = Écrivez-le dans le salon lui-même : `{ $prefix } salon discussion`. Ainsi, on ne se trompe pas de salon.

spaces-turned-public = **{ $space } est public**, et l'on entre dans la communauté sur demande. J'y ai donc tout arrêté : rien de **{ $community }** n'y sera publié. Quand il sera privé, choisissez **Reprendre**.
spaces-private-again = Bonne nouvelle : { $space } est de nouveau privé. J'attends votre accord pour y reprendre.
spaces-waiting = { $space } est de nouveau privé et attend votre accord pour reprendre.
spaces-archived = { $space } a été archivé. Je n'y publie plus rien. S'il revient, choisissez **Reprendre**.
spaces-deleted = { $space } a été supprimé. Je n'y publie plus rien; ce que la communauté avait gardé est intact.
spaces-resumed = { $space } a repris, grâce à { $who }.
spaces-running = { $space } n'était pas arrêté; rien à reprendre.
spaces-still-public = { $space } est public, et cette communauté est fermée aux visites. Rendez-le d'abord privé; je n'y publie rien d'ici là.
spaces-passage-first = Quelqu'un est de passage dans { $space }. Décidez d'abord pour cette personne; le salon reprendra ensuite.

spaces-use-discussion = discussion
spaces-use-announcements = annonces
spaces-use-animators = équipe d'animation
spaces-use-none = aucun
spaces-state-runs = tout fonctionne
spaces-state-public = arrêté, parce qu'il est public
spaces-state-passage = arrêté, parce que quelqu'un y est de passage
spaces-state-archived = arrêté, parce qu'il est archivé
spaces-state-deleted = supprimé
spaces-resume-one = Reprendre { $space }

button-space-resume = Reprendre

help-space = fait du salon où on l'écrit un salon de la communauté, ou le libère
example-space = { $prefix } salon discussion
arg-use = l'usage du salon : discussion, annonces, animateurs ou aucun
