# Les amorces de discussion : la banque, la question publiée, les réponses, la synthèse.

prompts-off = Les amorces sont éteintes dans cette communauté. La coordination peut les rallumer dans les réglages.

# --- La question dans le salon.

prompts-title = **{ WORD("prompt", first: "upper") }**
prompts-title-themed = **{ WORD("prompt", first: "upper") }** · { $theme }
prompts-posting =
    { $title }

    { $question }

    { $reminder }

    { $how }
    { $private }
    { $reading }

    { $counts }
prompts-poll = { $question }
prompts-count = { $option } : { $n }
prompts-closed =
    { $title }

    { $question }

    { $counts }

    { $ended }
prompts-ended =
    { $people ->
        [0] Fil refermé le { $day }. Merci de l'avoir lu.
        [1] Fil refermé le { $day }. Merci à la personne qui a répondu.
       *[other] Fil refermé le { $day }. Merci aux { $people } personnes qui ont répondu.
    }
prompts-elsewhere = Une première réponse est arrivée dans **{ $space }**. Les réponses de tous les salons comptent ensemble.
prompts-state = La question est refermée depuis le { $day }.
prompts-choice-kept = C'est noté. Votre dernier choix est celui qui compte.

prompts-current =
    { $title }

    { $question }

    Le fil est dans { $spaces }. Un clic ici compte tout autant que là-bas.
prompts-page =
    { $title }

    { $question }
prompts-none-open = Aucune question n'est ouverte en ce moment. La prochaine arrivera dans le salon.

button-prompt-private = Répondre en privé

# --- Répondre en privé, avec ou sans son nom.

form-prompt-answer-title = Répondre à la question
form-prompt-answer-text =
    { $question }

    Écrivez-moi votre réponse. Vous la reverrez avant que je la publie dans le fil, avec votre nom.
form-prompt-answer-publish =
    Voici ce que les membres liront :

    { $answer }

    On publie?
form-prompt-answer-visible = Visible par : les membres, dans le fil de la question · Conservé : votre texte, jamais une fois publié; avec votre nom, le fait d'avoir répondu, 30 jours après la fermeture.
form-prompt-answer-text-either =
    { $question }

    Écrivez-moi votre réponse. Vous choisirez ensuite si elle paraît avec votre nom ou sans lui.
form-prompt-answer-whose =
    Avec votre nom, ou sans?

    - **Avec** : votre texte paraît tout de suite dans le fil.
    - **Sans** : il paraît à un moment tiré au hasard, dans les deux prochaines heures ouvrables. Je ne garde aucun lien entre vous et lui; je ne pourrai donc ni le corriger ni le retirer pour vous. L'équipe d'animation peut le retirer.

    Ce qui peut vous trahir malgré tout : une façon d'écrire, un détail, le moment, un fil où peu de gens répondent. D'ici la publication, qui administre mon serveur peut lire le texte, sans nom. Et ce que vous venez d'écrire reste dans cette conversation : vous pouvez l'y effacer.
form-prompt-answer-whose-window =
    Avec votre nom, ou sans?
    Sans votre nom, le texte paraît à un moment tiré au hasard, dans les deux prochaines heures ouvrables. Je ne garde aucun lien entre vous et lui : je ne pourrai ni le corriger ni le retirer pour vous; l'équipe d'animation peut le retirer. Ce qui peut vous trahir malgré tout : une façon d'écrire, un détail, le moment, un fil où peu de gens répondent. D'ici la publication, qui administre mon serveur peut lire le texte, sans nom.
form-prompt-answer-with-name = Publier avec mon nom
form-prompt-answer-without-name = Publier sans mon nom
prompts-nameless-answer = Quelqu'un répond, sans son nom :
    { $text }
prompts-nameless-sent = C'est confié. Votre texte paraîtra dans le fil sans votre nom, à un moment tiré au hasard dans les deux prochaines heures ouvrables; plus tôt si le fil se referme d'ici là. Merci!
prompts-nameless-off = Répondre sans son nom vient d'être désactivé ici. Rien n'est publié : vous pouvez publier avec votre nom, ou annuler.
prompts-answer = **{ $name }** répond, par mon entremise :
    { $text }
prompts-answer-sent = C'est publié dans le fil, avec votre nom. Je n'en garde pas le texte. Merci!
prompts-visitor = Une personne de passage est dans le salon : tant que l'équipe d'animation n'a pas décidé, je n'y publie les mots de personne. Vous pouvez réessayer plus tard.

# --- La banque.

prompts-list = **La banque d'amorces** · { $first } à { $last } sur { $total }
prompts-line = - **{ $code }** · { $question }
prompts-line-open = - **{ $code }** · { $question } *(ouverte)*
prompts-line-used = - **{ $code }** · { $question } *(déjà publiée à ce tour)*
prompts-line-archived = - **{ $code }** · { $question } *(archivée)*
prompts-line-kept = - **{ $code }** · { $question } *(attend les sondages éclair)*
prompts-none-such =
    { $tag ->
        [none] La banque est vide. « amorce ajouter » y met la première.
       *[other] Aucune amorce ne porte #{ $tag }. « amorce liste » les montre toutes.
    }
prompts-unknown = Je ne trouve pas d'amorce « { $typed } ». Chacune a un code, comme P07 ou C02 : « amorce liste » les montre.
prompts-added =
    C'est ajouté à la banque, sous **{ $code }** :

    { $question }
prompts-edited =
    C'est modifié, sous **{ $code }** :

    { $question }
prompts-restored = **{ $code }** est de retour dans la banque :

    { $question }
prompts-set-aside = **{ $code }** est archivée. Elle ne sera plus tirée, et rien n'est perdu :

    { $question }
prompts-options-count = Il faut de deux à { $most } réponses au choix, une par ligne ou séparées par des points-virgules. Pour une question ouverte, passez.
prompts-options-long = Une réponse au choix tient en { $longest } signes : elle devient un bouton.

form-prompt-add-title = Ajouter une amorce
form-prompt-edit-title = Modifier une amorce
form-prompt-text =
    Quelle est la question? Une seule, courte, qui part de la pratique.
    Actuellement : { $now }
form-prompt-options =
    Des réponses au choix? Une par ligne ou séparées par des points-virgules. Sans elles, la question est ouverte : le fil et trois réponses d'un clic.
    Actuellement : { $now }
form-prompt-tags =
    Quelques mots-clés? Par exemple : outil, relève. Avec « cas », la question porte le rappel de confidentialité.
    Actuellement : { $now }
form-prompt-effort = Combien d'effort demande-t-elle?
form-prompt-effort-1 = Un clic
form-prompt-effort-2 = Deux ou trois phrases
form-prompt-effort-3 = Un court récit
form-prompt-kind = Peut-elle revenir, une fois toute la banque parcourue?
form-prompt-kind-evergreen = Oui, elle reste bonne
form-prompt-kind-single = Non, une seule fois
form-prompt-visible = Visible par : l'équipe d'animation, puis tout le salon le jour où elle part · Conservé : tant que vit la communauté.

button-prompt-draw = Publier la prochaine
button-prompt-add = Ajouter une amorce
button-prompt-more = Suite
button-prompt-back = Page précédente
button-prompt-post = Publier maintenant
button-prompt-edit = Modifier
button-prompt-archive = Archiver
button-prompt-restore = Remettre dans la banque

# --- Publier et fermer.

prompts-posted = **{ $code }** vient de partir dans { $spaces } :

    { $question }
prompts-new-round = Toute la banque a servi : un nouveau tour commence.
prompts-no-space = Aucun salon de discussion n'est ouvert pour l'instant. Dans un salon, la coordination peut écrire « salon discussion ».
prompts-kept = { $code } attend les sondages éclair : on n'y répond pas comme aux autres. Choisissez-en une autre.
prompts-archived = { $code } est archivée. Remettez-la d'abord dans la banque : « amorce archiver { $code } » en montre le bouton.
prompts-already-open = { $code } est déjà ouverte dans le salon. « amorce fermer { $code } » la referme.
prompts-none-tagged = Aucune amorce avec #{ $tag } n'est libre à ce tour. « amorce liste #{ $tag } » les montre, et « amorce publier » suivi d'un code en publie une malgré tout.
prompts-none-left = Il ne reste aucune amorce à publier. « amorce ajouter » en met une dans la banque.
prompts-not-open = { $code } n'est pas ouverte en ce moment.
prompts-nothing-open = Aucune amorce n'est ouverte en ce moment : il n'y a rien à fermer.
prompts-close-which = Plusieurs amorces sont ouvertes. Laquelle fermer?
prompts-closed-unnamed = **{ $code }** est fermée. On y a répondu, sans se nommer.
prompts-closed-told =
    { $people ->
        [0] **{ $code }** est fermée. Personne n'a répondu cette fois-ci : cela arrive aux bonnes questions aussi.
        [1] **{ $code }** est fermée. Une personne a répondu.
       *[other] **{ $code }** est fermée. { $people } personnes ont répondu.
    }

button-prompt-close = Fermer et résumer

# --- La synthèse.

form-synthesis-title = Synthèse du fil
form-synthesis-question =
    { $before }

    D'abord, **la question** :
    { $kept }
form-synthesis-question-new =
    { $before }

    D'abord, **la question** dont parlait ce fil, en une phrase.
form-synthesis-agreed = **Ce qui fait accord**, en une ligne. Rien de tel? Passez.
form-synthesis-open = **Ce qui reste ouvert**, en une ligne. Rien de tel? Passez.
form-synthesis-link = **Le lien utile** : avec qui, et pourquoi. Rien de tel? Passez.
form-synthesis-publish =
    Voici la synthèse, comme les membres la liront :

    { $preview }

    On publie?
form-synthesis-visible = Visible par : les membres, dans le fil · Conservé : avec la question, tant que vit la communauté.
prompts-synthesis = **{ $title }**

    { $lines }

    { $thanks }
prompts-thanks =
    { $people ->
        [1] Merci à la personne qui a nourri ce fil.
       *[other] Merci aux { $people } personnes qui ont nourri ce fil.
    }
prompts-synthesis-sent = C'est publié dans le fil. Merci : c'est ce que liront celles et ceux qui n'y étaient pas.
prompts-recap-where = Dites « synthèse » dans le fil à résumer, ou donnez-m'en le lien. Voici aussi les dernières questions publiées.
prompts-link = Je ne reconnais pas ce lien comme un fil d'un de vos salons. Dans le fil même, mentionnez-moi suivi de « synthèse ».
prompts-thread-gone = Ce fil n'est plus là où je le connaissais. Votre texte est gardé ci-dessus : vous pouvez le publier vous-même.

# --- Aide.

arg-prompt-tag = un mot-clé, comme #outil
arg-prompt-code = le code d'une amorce, comme P07
arg-prompt-text = la question, entre guillemets
arg-thread-link = le lien d'un message du fil

help-prompt-list = montre les amorces, pour en publier ou en ajouter
help-prompt-add = ajoute une amorce à la banque
help-prompt-edit = modifie une amorce de la banque
help-prompt-archive = met une amorce de côté
help-prompt-post = publie une amorce tout de suite, la prochaine ou celle de votre choix
help-prompt-close = ferme une amorce et prépare la synthèse
help-recap = résume un fil en quatre lignes

example-prompt-list = { $prefix } amorce liste #outil
example-prompt-add = { $prefix } amorce ajouter "Quel outil ouvrez-vous chaque matin?" #outil
example-prompt-edit = { $prefix } amorce modifier C01
example-prompt-archive = { $prefix } amorce archiver P07
example-prompt-post = { $prefix } amorce publier P07
example-prompt-close = { $prefix } amorce fermer P07
example-recap = { $prefix } synthèse
