# Les membres : la liste, les invitations, et retirer quelqu'un à deux.

help-members = montre les membres, par ordre de nom
help-members-pending = montre les demandes qui attendent, la plus ancienne d'abord
help-members-remove = retire une personne, avec une raison et un second avis
help-invite = prépare une invitation à transmettre
example-members-remove = { $prefix } membres retirer @marie
example-invite = { $prefix } inviter @nadia
arg-member = le nom de la personne
arg-guest = le nom de la personne à inviter

button-members-page = Les { $n } suivants
button-members-pending = Demandes en attente
button-removal-confirm = Confirmer le retrait
button-removal-keep = Ne pas retirer
button-see-why = Voir la raison

members-title =
    { $n ->
        [one] **{ $community }** · { $n } membre
       *[other] **{ $community }** · { $n } membres
    }
members-line = - **{ $name }** · { $what }{ $role ->
        [animator] {" "}· animation
        [coordinator] {" "}· coordination
       *[member] {""}
    }{ $supervises ->
        [yes] {" "}· encadre des membres
       *[no] {""}
    }
members-line-name = - **{ $name }**{ $role ->
        [animator] {" "}· animation
        [coordinator] {" "}· coordination
       *[member] {""}
    }{ $supervises ->
        [yes] {" "}· encadre des membres
       *[no] {""}
    }
members-what = { $profession }, { $organisation }
members-none-pending = Aucune demande n'attend.
members-pending-title =
    { $n ->
        [one] **Une demande attend.**
       *[other] **{ $n } demandes attendent**, la plus ancienne d'abord.
    }
members-pending-line = { $number }. **{ $name }** ({ $account }) · demande du { $asked_on }, qui attend depuis { $age }

members-an-hour = moins d'une heure

members-invite-before = Voici une lettre à relire, à compléter entre crochets et à transmettre vous-même; je ne l'envoie à personne. Objet : « { $subject } »
members-invite-topic = [le sujet qui vous rapproche]
members-invite-several = plusieurs
members-invite-time = [une heure ou deux]
members-invite-criteria = [les critères, en une ligne]
members-invite-how = écrivez « rejoindre » à Copain, en message privé.

form-remove-title = Retirer une personne
form-remove-visible = Visible par : la personne, mot pour mot, et l'équipe d'animation · Conservé : jusqu'à la décision.
form-remove-reason = Pour quelle raison? { $name } lira votre phrase telle quelle, avec le nom de la personne à qui faire appel.
members-nobody = Aucun membre ne répond au nom de « { $name } ».
members-which-one = Plusieurs membres répondent au nom de « { $name } ». Lequel ou laquelle?
members-gone = Cette personne n'est plus membre.
members-not-oneself = Pour partir, écrivez « quitter » : c'est plus simple, et sans raison à donner.
members-not-above = Retirer { $name } revient à la coordination; rien n'a changé.
members-last-coordinator = { $name } est seule personne à la coordination. Donnez d'abord ce rôle à quelqu'un d'autre.
members-second = **Second avis** · Retirer { $name } de la communauté?
    Retrait proposé par { $by }
    {""}**La raison** : { $reason }
members-second-asked = Merci. Une autre personne de l'équipe doit confirmer; d'ici là, { $name } reste membre et n'en sait rien.
members-second-needed = Le second avis revient à quelqu'un d'autre que vous. Rien n'a changé.
members-second-removed = **Second avis** · { $name } n'est plus membre. Retrait confirmé par { $by }.
members-second-kept = **Second avis** · { $name } reste membre. Décision prise par { $by }.
members-settled = Ce retrait n'attend plus rien.
members-removed = C'est fait : { $name } n'est plus membre et a reçu votre raison.
members-told =
    Bonjour { $name }. Vous ne faites plus partie de **{ $community }**.

    {""}**La raison** : { $reason }

    {""}**Si cela vous semble inexact**, écrivez à cette personne, qui relira le tout : { $appeal }
    Ce que je garde sur vous sera effacé dans 30 jours, sans démarche.
members-todo = Retirer { $name }? Un second avis est attendu
