# Ce que disent la porte commune et les formulaires : permissions, arguments, questions.

permissions-no-community = Je ne sais pas encore de quelle communauté vous parlez. Écrivez-moi « communauté » pour choisir.
permissions-not-allowed =
    { $role ->
        [coordinator] Ce geste revient à la coordination; rien n'a changé.
       *[other] Ce geste revient à l'équipe d'animation; rien n'a changé.
    }
    Pour le demander, écrivez à cette personne : { $contact }
permissions-state-preparation = **{ $community }** se prépare encore. Ce geste sera possible après l'ouverture.
permissions-state-closed = **{ $community }** est fermée. On peut encore lire et recevoir ses données, mais plus rien n'y commence.

frame-expired = Le message a changé depuis.

answers-typed-back = Voici votre texte, intact :
    { $typed }

answers-state-past = Le message a été remplacé depuis, ou ce qu'il demandait est fait.

routing-no-space-of-ours = Ce raccourci sert dans les espaces de la communauté, et ce n'en est pas un ici. Je n'ai rien gardé de ce message.

answers-in-private = Je vous réponds dans nos messages privés.

dispatch-apology =
    Quelque chose n'a pas marché de mon côté, et j'en suis désolé. Rien n'a été changé.

    Réessayez dans un moment. Si cela revient, donnez cette référence à { $technical } : **{ $reference }**

dispatch-not-understood = Je n'ai pas compris. L'accueil montre tout ce que je sais faire, sans commande.
dispatch-slow-down = Vous allez plus vite que moi! Laissez-moi { $delay }, puis réessayez.

parsing-surplus = je ne sais pas quoi faire de « { $surplus } »
arg-topic = le sujet qui vous intéresse

forms-progress = Question { $step } de { $of }.
forms-required = Cette question demande une réponse. « annuler » arrête tout, sans rien garder.
forms-empty = Je n'ai rien reçu de lisible. Quelques mots suffisent.
forms-typed = Vous aviez écrit :
    { $typed }
forms-too-long = C'est un peu long : { $length } signes, et je peux en garder { $longest }. Pouvez-vous raccourcir?
forms-not-a-choice = Choisissez une des réponses ci-dessous, par son bouton ou son numéro.
forms-waits = « { $form } » attend son tour : terminons d'abord les questions déjà commencées.
forms-turn = Au tour de « { $form } ».
forms-resumed = On reprend « { $form } » là où vous en étiez.
forms-other-first = Un autre formulaire est ouvert. Celui-ci viendra juste après.

button-form-keep = Garder : { $value }
button-form-keep-all = Garder cette réponse
button-form-skip = Passer
button-form-back = Retour
button-form-cancel = Annuler
button-yes = Oui
button-no = Non

# Une commande arrivée longtemps après avoir été tapée.
form-again-title = Une demande restée sans réponse
form-again-again = Vous aviez demandé « { $line } », { $at }. Je n'étais pas là pour vous répondre, et j'en suis désolé. Voulez-vous toujours que je le fasse?
again-dropped = C'est noté, je laisse cette demande de côté.
