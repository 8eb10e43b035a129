# Les rôles, et le registre des gestes de l'équipe.

roles-given = C'est fait. { $name }, maintenant : { $role }. Je lui écris un mot.
roles-already = Rien à changer. { $name }, déjà : { $role }.
roles-nobody = Je ne trouve personne de ce nom parmi les membres : { $person }. Un rôle se donne à quelqu'un qui est déjà membre.
roles-which = Plusieurs personnes répondent à ce nom : { $person }. Laquelle?
roles-last-coordinator = Personne d'autre ne coordonne **{ $community }**. Donnez d'abord ce rôle à quelqu'un : « rôle @nom coordination »; ensuite, vous pourrez passer le relais.
roles-coordinator-gone = **Plus de coordination en vue** : le compte de { $name } a été fermé, et personne d'autre ne coordonne **{ $community }**. Tout continue; il faut trouver qui prendra le relais, avec la personne qui s'occupe du robot.

roles-now-member = Bonjour { $name }. Dans **{ $community }**, vous êtes de nouveau membre, sans autre rôle : plus rien ne vous attend. Merci pour ce que vous avez porté.
roles-now-coordinator =
    Bonjour { $name }. Vous coordonnez maintenant **{ $community }**, avec une équipe et à votre mesure.

    Vous pouvez changer les réglages, donner des rôles et lire le registre. Je n'écris que si quelque chose attend, une fois par jour au plus.

roles-audit = **Le registre de { $community }** · les gestes de l'équipe, les plus récents d'abord
roles-audit-empty = Le registre de { $community } est vide : aucun geste à montrer ici.
roles-audit-act = - { $when } · { $by } · { $act }
roles-audit-act-about = - { $when } · { $by } · { $act } · { $about }
roles-audit-act-change = - { $when } · { $by } · { $act } · { $change }
roles-audit-act-about-change = - { $when } · { $by } · { $act } · { $about } · { $change }
roles-audit-change = { $before } → { $after }
roles-audit-bot = Copain

journal-role = a donné un rôle
journal-state = a changé l'état de la communauté
journal-setting = a changé un réglage
journal-join-open-asked = a proposé d'ouvrir l'entrée
journal-space = a changé l'usage d'un salon
journal-space-public = a arrêté un salon devenu public
journal-space-archived = a arrêté un salon archivé
journal-space-deleted = a noté la suppression d'un salon
journal-space-resume = a repris un salon
journal-take-part = a choisi « Je participe »
journal-existing-ticked = a coché la liste
journal-existing-removed = a retiré quelqu'un de la liste

button-audit-newer = Plus récents
button-audit-older = Plus anciens

help-role = donne un rôle à une ou un membre : animation, coordination ou membre
help-audit = montre le registre des gestes de l'équipe
example-role = { $prefix } role @Marie animation
example-audit = { $prefix } registre 2
arg-person = le nom de la personne
arg-role = le rôle : animation, coordination ou membre
arg-page = le numéro de la page

roles-audit-space = { $title } ({ $use })
journal-accept = a accepté une demande
journal-decline = a refusé une demande
journal-decline-proposed = a proposé de refuser une demande
journal-decline-upheld = a maintenu un refus
journal-remove-proposed = a proposé de retirer une personne
journal-remove = a retiré une personne
journal-leave = a quitté la communauté
journal-charter-publish = a publié la charte
journal-prompt-add = a ajouté une amorce
journal-prompt-edit = a modifié une amorce
journal-prompt-archive = a mis une amorce de côté
journal-prompt-restore = a remis une amorce dans la banque
journal-prompt-post = a publié une amorce
journal-prompt-close = a fermé une amorce
journal-word-preparation = en préparation
journal-word-open = ouverte
journal-word-closed = fermée
journal-word-discussion = discussion
journal-word-announcements = annonces
journal-word-animators = animation
journal-word-none = aucun
journal-word-waiting = en attente
journal-word-refused = refusée
journal-word-removed = retirée
journal-word-public = public
journal-word-passage = de passage
