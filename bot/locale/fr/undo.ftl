# Retirer ou corriger un message du robot, depuis le message.

undo-removed = C'est retiré de { $spaces } : { $what }. Le journal garde votre nom et le moment, pas le texte.
undo-under = Ce que j'avais écrit dans le fil est parti aussi. Les messages des membres n'ont pas bougé.
undo-still-waits = Si une décision était attendue, elle l'est toujours : « animer » la montre.
undo-corrected = C'est corrigé. Le journal garde votre nom et le moment, pas le texte.
undo-text =
    { $text }

undo-already = C'est déjà fait : ce message n'est plus là.
undo-not-mine = Ce message n'est pas de moi, ou date de plus de 90 jours. Je ne retire et ne corrige que les miens, dans les salons de la communauté.
undo-private = Ce message est privé : je ne retire et ne corrige que ceux des salons. « retirer », ici, montre les derniers.
undo-buttons = Ce message a des boutons que je ne saurais pas remettre à l'identique. Je peux le retirer : réagissez-y par 🗑️.
undo-nothing = Je n'ai rien dans les salons qui puisse encore être retiré ou corrigé.
undo-refused-remove = Je n'ai pas réussi à retirer mon message de **{ $space }** : la messagerie a refusé, ou il n'y était déjà plus. S'il est encore là, une personne qui administre le salon peut le supprimer.
undo-refused-correct = Je n'ai pas réussi à corriger mon message de **{ $space }** : la messagerie a refusé, ou il n'y était déjà plus. S'il est encore là, vous pouvez le retirer par 🗑️ et publier de nouveau.

undo-which = Mes derniers messages dans les salons. Lequel faut-il retirer?
undo-which-correct = Mes derniers messages dans les salons. Lequel faut-il corriger?
undo-line = { $n }. { $what } · { $spaces } · { $when }
undo-line-words = { $n }. { $what } · { $spaces } · { $when } · « { $words } »

undo-what-message = un message
undo-what-prompt = la question du moment
undo-what-relance = un mot de relance
undo-what-synthesis = la synthèse
undo-what-welcome = l'accueil des nouveaux membres
undo-what-card = une fiche de l'animation
undo-what-alert = un avis à l'animation
undo-what-farewell = l'au revoir de la communauté

prompts-undone-what = la question du moment
prompts-undone-synthesis = la synthèse
prompts-undone-answer = une réponse publiée pour un membre
prompts-undone-bank = **{ $code }** est de retour dans la banque, comme si elle n'était pas partie.
prompts-undone-answers =
    { $n ->
        [one] Une personne avait répondu par mon entremise : ses mots sont partis avec la question. Un mot pour le lui dire sera bienvenu.
       *[other] { $n } réponses avaient été données par mon entremise : elles sont parties avec la question. Un mot pour le dire sera bienvenu.
    }
prompts-state-removed = L'équipe d'animation a retiré cette question.
prompts-not-our-words = Ces mots sont ceux d'un membre : je peux les retirer (🗑️), jamais les changer.
prompts-reworded-bank = La banque garde l'ancien texte de **{ $code }**, tant que vous ne l'y changez pas aussi.
prompts-reworded-poll = Le sondage du fil garde l'ancien texte; les réponses restent bonnes.

form-correct-title = Corriger un message
form-correct-text =
    Quel est le bon texte? Il remplacera l'ancien là où il est lu; les boutons et les réponses restent.
    Actuellement : { $now }
form-correct-visible = Visible par : toutes les personnes du salon où est le message · Conservé : dans la messagerie, comme le message.

button-undo-remove = Retirer
button-undo-correct = Corriger
button-undo-which = Retirer { $n }
button-undo-which-correct = Corriger { $n }
shortcut-undo-remove = Retirer ce message
shortcut-undo-correct = Corriger ce message

help-remove = retire un de mes messages, depuis ce message
example-remove = { $prefix } retirer
help-correct = change le texte d'un de mes messages, depuis ce message
example-correct = { $prefix } corriger "Le bon texte"
arg-new-text = le nouveau texte, entre guillemets

journal-undo = a retiré un message du robot
journal-correct = a corrigé un message du robot
journal-word-message = message
journal-word-prompt = question du moment
journal-word-relance = mot de relance
journal-word-synthesis = synthèse
journal-word-welcome = accueil
journal-word-card = fiche de l'animation
journal-word-alert = avis à l'animation
journal-word-farewell = au revoir
