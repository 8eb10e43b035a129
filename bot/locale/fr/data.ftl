# Ce que le robot garde sur les personnes : pourquoi, combien de temps, qui le voit.
# Une ligne par déclaration `Knows` de storage/.

data-map-line = { $table }.{ $column } · { $why } · { $kept } · { $seen }

data-why-person = Votre nom et vos réglages, pour vous parler à votre façon
data-why-account = Votre compte de messagerie, pour vous reconnaître
data-why-membership = Votre adhésion et votre profil
data-why-passage = Votre passage dans un salon, sans demande d'entrée
data-why-decided-by = Vos décisions sur des personnes de passage
data-why-journal = Les gestes de coordination et d'animation, faits par vous ou qui vous concernent
data-why-opened-by = Le fait d'avoir ouvert la communauté
data-why-outbox = Mes messages pour vous, et leurs boutons
data-why-thread = Les fils où je vous suis en privé
data-why-timer = Vos rappels à venir
data-why-intent = Mes messages prévus pour vous, et la date de ceux qui sont partis
data-why-form = Vos formulaires en cours, avec leurs brouillons
data-why-observation = Votre activité dans les salons : qui, où, quand et de quel genre
data-why-charter-agreement = Votre accord à la charte, avec sa version et sa date
data-why-charter-published = Le fait d'avoir publié une version de la charte
data-why-request = Votre demande d'entrée
data-why-removal = Un retrait de la communauté, avec sa raison
data-why-posting = Les questions du moment que vous avez publiées
data-why-prompt = Les questions du moment que vous avez écrites
data-why-prompt-answer = Vos réponses aux questions du moment
data-why-synthesis = Les synthèses que vous avez écrites

data-kept-membership = tant que vous êtes membre, puis 30 jours
data-kept-decision = jusqu'à la décision, puis 30 jours
data-kept-journal = treize mois, puis effacé; sans votre nom si vous partez
data-kept-community = aussi longtemps que la communauté; sans votre nom si vous partez
data-kept-bot-messages = 90 jours au plus
data-kept-until-due = jusqu'à leur date
data-kept-draft = 30 jours après le dernier mot
data-kept-observation = 215 jours
data-kept-request = jusqu'à la décision, puis 30 jours
data-kept-prompt-answer = 30 jours après la fin de la question

data-seen-self = vous
data-seen-members = les membres
data-seen-animators = l'équipe d'animation
data-seen-coordinators = la coordination
data-seen-nobody = personne
