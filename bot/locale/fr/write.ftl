# Écrire à l'équipe d'animation par l'entremise du robot, et recevoir sa réponse.

form-write-title = Écrire à l'animation
form-write-words =
    L'équipe d'animation : { $team }
    Que voulez-vous lui dire?
form-write-visible = Visible par : l'équipe d'animation, avec votre nom · Conservé : rien ici; le message reste dans sa messagerie
form-write-back-title = Répondre
form-write-back-words = Votre réponse?
form-write-back-visible = Visible par : la personne qui a écrit, avec votre nom · Conservé : rien ici; le message reste dans sa messagerie

write-sent = C'est remis à l'équipe d'animation. La réponse viendra d'une personne, ici même.
write-card =
    Message de **{ $name }** à l'équipe d'animation :
    { $words }
write-answer =
    Réponse de **{ $name }**, de l'équipe d'animation :
    { $words }
write-answered = C'est remis à { $name }.
write-gone = Cette personne n'est plus membre.

button-write-answer = Répondre
button-write-again = Écrire de nouveau
