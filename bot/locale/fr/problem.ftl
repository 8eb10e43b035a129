# Signaler un problème d'accès : deux questions, puis quelqu'un qui peut aider le reçoit.

problem-kind-access = Un accès bloqué
problem-kind-link = Un lien qui ne s'ouvre pas
problem-kind-network = Un réseau trop lent
problem-kind-other = Autre chose

form-problem-title = Signaler un problème
form-problem-kind = Qu'est-ce qui bloque?
form-problem-words = En quelques mots : que vouliez-vous faire, et que s'est-il passé?
form-problem-visible = Visible par : l'équipe d'animation et le contact technique · Conservé : jusqu'à 90 jours après la solution

problem-noted =
    C'est transmis, merci. Ces problèmes sont fréquents d'une organisation à l'autre, et vous n'y êtes pour rien.
    Pour la suite : { $technical }
problem-enough =
    Vous avez déjà cinq signalements en cours; chacun a été reçu et aura sa réponse.
    Si c'est pressant : { $technical }
problem-mine = **Vos signalements en cours**
problem-own =
    { $days ->
        [0] { $n }. { $kind }, signalé depuis moins d'un jour ouvrable
        [one] { $n }. { $kind }, depuis un jour ouvrable
       *[other] { $n }. { $kind }, depuis { $days } jours ouvrables
    }
problem-close-one = { $n } · C'est réglé
problem-closed = Tant mieux. Le signalement est fermé, merci de l'avoir dit.
problem-told = Bonne nouvelle : le problème que vous aviez signalé { $at } est réglé, d'après { $name }. S'il revient, écrivez « problème ».
problem-thanks = Merci. { $name } le saura tout de suite.
problem-unknown = Ce signalement n'est plus en cours.
problem-is-solved = Le problème est réglé.

problem-card =
    Problème signalé par { $name } : **{ $kind }**
    { $words }
problem-card-solved = **{ $kind }** · signalé par { $name }. Réglé { $at } ({ $by }).
problem-waiting =
    { $days ->
        [0] **{ $kind }**, signalé par { $name } il y a moins d'un jour ouvrable
        [one] **{ $kind }**, signalé par { $name } il y a un jour ouvrable
       *[other] **{ $kind }**, signalé par { $name } il y a { $days } jours ouvrables
    }

button-problem = Signaler un problème
button-problem-new = Signaler autre chose
button-problem-see = Voir le problème
button-problem-solved = C'est réglé
button-problem-close = C'est réglé
help-problem = signale un accès bloqué, un lien ou un réseau qui ne va pas

data-why-problem = Un problème d'accès que cette personne a signalé
data-why-problem-solved = Un problème que cette personne a réglé pour quelqu'un
data-kept-problem = Jusqu'à 90 jours après la solution
