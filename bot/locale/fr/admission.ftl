# Demander à entrer, et recevoir la réponse d'une vraie personne.

help-join = demande à entrer dans la communauté
help-accept = accepte la demande d'une personne
help-decline = refuse une demande, avec une raison et un second avis
example-accept = { $prefix } accepter @nadia
example-decline = { $prefix } refuser @nadia
arg-request = le nom de la personne qui demande à entrer

button-join = Demander à entrer
button-request-accept = Accepter
button-request-decline = Refuser
button-request-precision = Demander une précision
button-request-confirm = Confirmer le refus
button-request-keep = Ne pas refuser
button-request-uphold = Maintenir le refus
button-request-opened = C'est fait
button-request-card = Voir la demande

# Le formulaire.
form-join-title = Demander à entrer
form-join-visible = Visible par : l'équipe d'animation · Conservé : jusqu'à la décision; si ce n'est pas oui, 30 jours de plus.
form-join-name = Quel nom voulez-vous afficher?
form-join-profession = Quel est votre rôle, ou votre profession?
form-join-organisation = Dans quelle organisation travaillez-vous?
form-join-criteria = En quoi cette communauté touche-t-elle votre travail? Une phrase suffit.
form-join-hopes = Qu'espérez-vous y trouver?
form-join-other = { $field }
form-join-supervises-empty = ☐ J'encadre des personnes de cette communauté
form-join-supervises-ticked = ☑ J'encadre des personnes de cette communauté

form-request-answer-title = Répondre à la question
form-request-answer-answer = { $question }

form-decline-title = Refuser une demande
form-decline-visible = Visible par : la personne qui demande, mot pour mot, et l'équipe d'animation · Conservé : 30 jours.
form-decline-reason = Pour quelle raison? { $name } lira votre phrase telle quelle : dites ce qui manque, jamais ce que vaut la personne.
form-decline-alternative = Une autre piste à lui proposer? Une autre communauté, un autre moment, quelqu'un à qui écrire.

form-precision-title = Demander une précision
form-precision-visible = Visible par : la personne qui demande, mot pour mot, et l'équipe d'animation · Conservé : avec la demande.
form-precision-question = Que voulez-vous savoir? Une seule question; { $name } la lira telle quelle.

# Ce que lit la personne qui demande.
admission-name-blank = Il me faut un nom que l'on puisse lire à voix haute : au moins une lettre ou un chiffre.
admission-already-member = Vous êtes déjà membre de **{ $community }**. Bonne nouvelle : il n'y a rien à demander.
admission-already-asked = Votre demande pour **{ $community }**, faite le { $asked_on }, est bien là. Une réponse est promise d'ici le { $date }; inutile d'en refaire une.
admission-already-waiting = Une demande à votre nom attend déjà sa réponse. Inutile d'en refaire une.
admission-once-a-day = Votre dernière demande pour **{ $community }** date de moins d'un jour. Revenez demain : une demande par jour suffit.
admission-which = Quelle communauté voulez-vous rejoindre?
admission-own = **Votre demande** pour { $community }
    Faite le { $asked_on }, au nom de { $name }
    { $state }
admission-own-waiting = Elle attend une réponse de l'équipe d'animation.
admission-own-accepted = La demande est acceptée.
admission-own-refused = La demande a été refusée.
admission-own-withdrawn = La demande est retirée.
admission-withdrawn = C'est fait : votre demande est retirée, et l'équipe le sait. Le formulaire sera effacé le { $date }, ou tout de suite si vous préférez.
admission-still-waiting = Votre demande, faite le { $asked_on }, attend encore une réponse. Pour l'effacer, retirez-la d'abord.
admission-erased = C'est effacé : je ne garde plus rien de votre demande.
admission-thanks = Merci, c'est transmis. Vous aurez une réponse d'ici le { $date }.
admission-silence = Bonjour { $name }. La question de l'équipe est restée sans réponse; votre demande pour **{ $community }** est donc close, et le formulaire, effacé. Si le moment revient, la porte reste ouverte.
admission-appealed = C'est noté : votre demande sera relue, et rien n'est effacé d'ici là. À qui la relecture revient : { $who }.
admission-upheld =
    Bonjour { $name }. Votre demande pour **{ $community }** a été relue, et la réponse reste la même. Merci de votre patience.

    Une autre demande reste possible quand vous voudrez. Votre formulaire sera effacé le { $erase_date }.
admission-by-hand = Il reste à vous ouvrir les salons. C'est une personne qui le fera : { $who }. Je vous le dirai ici.
admission-opened = C'est ouvert. Vous pouvez entrer : { $spaces }.
admission-gone = La demande n'est plus là.

# Ce que lit l'équipe d'animation.
admission-card = **Demande d'entrée** · { $name }
    Compte : { $account }
admission-answer = **{ $label }** : { $answer }
admission-field-profession = Rôle ou profession
admission-field-organisation = Organisation
admission-field-criteria = Lien avec la communauté
admission-field-hopes = Espoirs
admission-supervises = ☑ Encadre des personnes de cette communauté
admission-card-question = **Précision demandée** : { $question }
admission-card-answer = **Réponse** : { $answer }
admission-card-unanswered = Pas encore de réponse.
admission-state-waiting = Réponse promise d'ici le { $date }.
admission-state-proposed = Refus proposé par { $name }; un second avis est attendu.
admission-state-accepted = ✅ Demande acceptée par { $name }, { $at }.
admission-state-refused = Demande refusée par { $name }, { $at }.
admission-state-appealed = Demande refusée, à relire : la personne demande un second avis.
admission-state-withdrawn = Demande retirée par la personne elle-même, { $at }.
admission-card-erased = Demande d'entrée effacée.
admission-team = l'équipe d'animation
admission-kept = Sa décision tient.
admission-not-proposed = Il n'y a plus de refus à examiner.
admission-second = **Second avis** · Refuser la demande de { $name }?
    Refus proposé par { $by }
    {""}**La raison** : { $reason }
admission-second-asked = Merci. Une autre personne de l'équipe relira avant que la réponse parte.
admission-second-needed = Le second avis revient à quelqu'un d'autre que vous. La demande attend, rien n'est parti.
admission-second-ended = **Demande de { $name }**
admission-second-kept = **Second avis** · La demande de { $name } n'est pas refusée; elle attend toujours une réponse.
admission-appeal-card = **À relire** · { $name } demande un second avis sur le refus.
    {""}**La raison donnée** : { $reason }
admission-answered = **Précision reçue** · { $name } a répondu :
    { $answer }
admission-reminder = La demande de { $name }, faite le { $asked_on }, attend une décision depuis trois jours ouvrables. Je n'en reparlerai plus.
admission-done-accepted = C'est fait : { $name } est des vôtres.
admission-done-refused = C'est fait : { $name } recevra votre raison et le nom de la personne à qui écrire.
admission-done-asked = C'est parti : { $name } a votre question. Sa demande attend sa réponse.
admission-nobody = Aucune demande en attente au nom de « { $name } ».
admission-which-one = Plusieurs demandes répondent au nom de « { $name } ». Laquelle?
admission-todo = { $name } demande à entrer, depuis le { $asked_on }
admission-task = **À faire à la main** · Je n'ai pas le droit d'inviter { $name } moi-même.
    Salons à lui ouvrir : { $spaces }
admission-task-done = ✅ Salons ouverts à { $name } par { $by } : { $spaces }
admission-opened-state = C'est déjà fait, par { $name }.

# On frappe à la porte d'un salon.
knocking-heard = Vous avez frappé à la porte de **{ $space }**. On y entre en rejoignant **{ $community }** : quelques questions, puis { $join ->
        [open] la porte s'ouvre
       *[closed] la réponse d'une vraie personne
    }.
knocking-team = Ce salon est celui de l'équipe d'animation de **{ $community }**; je ne peux pas vous l'ouvrir.
