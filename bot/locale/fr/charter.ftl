# La charte de participation : la lire, l'accepter, l'écrire à plusieurs.

charter-shown = { $text }
charter-none = Il n'y a pas encore de charte ici. La coordination la prépare; vous la lirez dès qu'elle sera publiée.
charter-other-language = Cette version n'existe pas encore en français.
charter-agreed-on = Vous avez accepté la version { $version } le { $date }. Merci.
charter-accepted = Merci. C'est noté : version { $version }, { $language }, le { $date }. Pour la relire : « charte ».
charter-already = Vous avez déjà accepté la version { $version }, le { $date }. Rien d'autre à faire.
charter-newer = Une version plus récente vient de paraître. La voici, pour que vous sachiez à quoi vous dites oui.
charter-not-now = Bien sûr. La charte vous attend dans « charte », quand vous aurez deux minutes.
charter-new-version = Notre charte a changé : voici la version { $version }. Deux minutes de lecture, quand vous le pourrez.
charter-in-fr = en français
charter-in-en = en anglais

charter-question-card = **{ $name }** a une question sur la charte avant de répondre :
    { $question }

    Une réponse directe, de personne à personne, fera l'affaire.
charter-question-sent = Votre question est partie à l'équipe d'animation. Quelqu'un vous répondra directement; la charte peut attendre.

charter-kit-agreed = **La charte** : vous avez accepté la version { $version }.
charter-kit-open = **La charte** : une page, deux minutes. Elle dit ce qui reste entre nous.

# Pour la coordination
charter-blank =
    { $question }
    { $now }
charter-blank-kept = Il faut ici de vrais mots : aucun blanc ne peut être publié.
charter-blanks-left = { $n ->
        [one] Il reste un blanc à remplir avant de publier. « charte modifier » vous y ramène.
       *[other] Il reste { $n } blancs à remplir avant de publier. « charte modifier » vous y ramène.
    }
charter-no-draft = Rien n'est encore prêt à publier. Commencez par « charte modifier » : une question par blanc, à votre rythme.
charter-unchanged = Rien n'a changé depuis la version { $version } : il n'y a pas de nouvelle version à publier.
charter-no-such-part = Je ne trouve pas de section « { $part } » à remplir. Essayez un numéro de section, par exemple 4, ou une langue, par exemple « anglais ».
charter-draft-kept = C'est gardé comme brouillon; personne d'autre ne le voit.
charter-preview = { $text }
charter-preview-after = Voilà ce que les membres liront. Rien n'est encore publié.
charter-preview-old = Attention : le texte { $language } reste celui d'avant, tant que vous ne l'avez pas revu.
charter-published = La version { $version } est publiée { $languages }. Je la proposerai une fois à chaque membre, à son prochain échange avec moi. À vous aussi :
charter-published-minor = La version { $version } est publiée { $languages }. C'est une correction : je ne redemande rien à personne.

# Ce que la charte permet en plus, quand la coordination l'allume et que la communauté le lit.
charter-allows-nameless = **Sans mon nom** : qui confie une réponse au robot peut demander qu'elle paraisse sans son nom. Le robot ne garde pas de qui elle vient, et personne ici ne cherche à le savoir.
charter-allows-hint = **Un mot en privé** : quand un message pourrait permettre de reconnaître une personne soignée, le robot peut le signaler à qui vient de l'écrire, et à personne d'autre. Il ne garde qu'un compte par jour.
charter-allows-needed = Encore un pas avant que cela fonctionne : la charte doit le dire, pour que chaque membre le lise. À la prochaine version, j'ajouterai ceci à ce qu'elle dit du robot :
charter-allows-quoted = > { $sentence }
charter-allows-no-charter =
    Cela ne fonctionnera qu'une fois dit dans la charte, et cette communauté n'a pas encore publié la sienne. Elle contiendra cette phrase :

    > { $sentence }
charter-allows-already = La charte, version { $version }, le dit déjà : cela fonctionne dès maintenant.
charter-allows-off = C'est éteint dès maintenant. La phrase sortira de la charte à sa prochaine version.
charter-allows-not-minor = La charte dirait quelque chose de nouveau : ce n'est plus une correction. « charte publier » la propose à chaque membre.

charter-reminder = { $text }
charter-reminded = La section { $section } est affichée dans le salon. La prochaine fois, ce sera la suivante.
charter-no-space = Cette communauté n'a pas encore de salon de discussion où l'afficher.
charter-names = { $names }
charter-is-open = ouverte
charter-is-closed = fermée
charter-speaks-fr = français
charter-speaks-en = anglais
charter-quiet = avant { $start } et après { $end }, les fins de semaine et les jours fériés
charter-write-in-fr = L'écrire aussi en français
charter-write-in-en = L'écrire aussi en anglais

button-charter-edit = Écrire la charte
button-charter-publish = Publier
button-charter-publish-minor = Publier sans redemander

help-charter = montre la charte de participation
help-charter-accept = accepte la charte
help-charter-edit = prépare la charte, une question par blanc; un numéro n'ouvre qu'une section
help-charter-publish = publie la nouvelle version; chaque membre la verra une fois
help-charter-publish-minor = publie une correction, sans rien redemander
help-charter-remind = affiche une section de la charte dans le salon
example-charter-edit = { $prefix } charte modifier 4
arg-part = la section (un numéro) ou la langue

form-charter-question-title = Une question sur la charte
form-charter-question-question = Quelle est votre question sur la charte? Une phrase suffit.
form-charter-question-visible = Visible par : l'équipe d'animation · Conservé : non, je ne fais que la transmettre

form-charter-title = La charte
form-charter-visible = Visible par : la coordination, puis tout le monde une fois la charte publiée · Conservé : tant que la communauté existe. Vous pouvez vous arrêter à tout moment : « charte modifier » reprend là où vous étiez.
form-charter-community-name = Quel est le nom de la communauté?
form-charter-review-date = Quand la charte sera-t-elle révisée? Par exemple : mardi 8 septembre 2026.
form-charter-purpose-in-one-sentence = **1. But.** À quoi sert cette communauté? Une phrase, avec son point.
form-charter-objective-1 = **1. But.** Un premier objectif pour cette année?
form-charter-objective-2 = **1. But.** Un deuxième objectif?
form-charter-open-or-closed = **2. Membres.** « Communauté… » ouverte ou fermée?
form-charter-criteria = **2. Membres.** Quels critères faut-il remplir pour entrer?
form-charter-days = **2. Membres.** En combien de jours ouvrables une demande reçoit-elle une réponse? Un nombre.
form-charter-time-per-month = **3. Engagement.** Combien de temps visez-vous par mois? Par exemple : une heure.
form-charter-privacy-contact = **4. Confidentialité.** Qui prévenir en cas d'erreur, et comment?
form-charter-signature = **5. Propriété intellectuelle.** Ce que nous créons ensemble est signé par…
form-charter-licence = **5. Propriété intellectuelle.** … et diffusé sous quelle licence? Par exemple : CC BY 4.0.
form-charter-animators = **7. Rôles.** Qui anime?
form-charter-coordinator = **7. Rôles.** Qui coordonne?
form-charter-technical-contact = **7. Rôles.** Qui aide pour la technique, et comment joindre cette personne?
form-charter-responsibilities = **7. Rôles.** Quelles petites responsabilités tournent? Par exemple : prendre des notes, accueillir.
form-charter-duration = **7. Rôles.** Combien de temps dure un mandat?
form-charter-space = **8. Modes d'échange.** Dans quel espace échangez-vous?
form-charter-day = **8. Modes d'échange.** Quel est votre rendez-vous habituel?
form-charter-link = **8. Modes d'échange.** Où trouver la programmation annuelle? Une adresse, ou quelques mots.
form-charter-languages = **8. Modes d'échange.** En quelles langues?
form-charter-hours = **8. Modes d'échange.** Quelles sont les plages calmes?
form-charter-bot-name = **9. Le robot.** Sous quel nom les membres le connaissent-ils?
form-charter-host-organisation = **9. Le robot.** Quelle organisation répond des données?
form-charter-hosting = **9. Le robot.** Où les données sont-elles hébergées?
form-charter-external-report = **10. Évaluation.** « À l'extérieur, on communique… » quoi?
form-charter-appeal = En cas de différend, à qui parler après l'équipe d'animation?
