# Ce que « copain init », « copain check » et « copain slack-manifest » disent de Slack.

slack-manifest-about = Accompagne votre communauté de pratique : accueil, questions du moment, réglages et vie privée. Écrit peu, et dit pourquoi.
slack-manifest-command = Parler avec le robot de la communauté. Sans rien d'autre, la page d'accueil.
slack-manifest-usage = aide · moi · pause
slack-manifest-shortcut = { $label }, à partir de ce message, avec { $app }.
slack-manifest-no-file = Il n'y a pas encore de { $file } : voici le manifeste pour la commande /{ $command }.

slack-scope-app-mentions-read = être appelé par son nom dans un canal, dans un fil aussi
slack-scope-channels-history = lire ce qui s'écrit dans les canaux publics où on l'a invité, et y retrouver ce qui s'est dit pendant une panne
slack-scope-channels-read = savoir qui entre et qui sort de ces canaux, leur nom, et s'ils s'ouvrent, s'archivent ou se partagent
slack-scope-channels-write-invites = faire entrer dans un canal public les personnes acceptées, et rien d'autre
slack-scope-chat-write = écrire, corriger et retirer ses propres messages, là où on l'a invité et en privé
slack-scope-commands = la commande avec une barre oblique, et les raccourcis des messages
slack-scope-files-write = remettre un fichier à une personne : ses données, un calendrier
slack-scope-groups-history = lire ce qui s'écrit dans les canaux privés où on l'a invité, et y retrouver ce qui s'est dit pendant une panne
slack-scope-groups-read = savoir qui entre et qui sort de ces canaux privés, leur nom, et s'ils s'ouvrent ou s'archivent
slack-scope-groups-write = faire entrer dans un canal privé les personnes acceptées, et en faire sortir celles qui sont retirées
slack-scope-im-history = lire ce qu'on lui écrit en privé
slack-scope-im-write = ouvrir une conversation privée avec une personne
slack-scope-reactions-read = compter une réaction comme une réponse
slack-scope-reactions-write = réagir à un message, comme le ferait une personne
slack-scope-users-read = appeler les gens par leur nom, et savoir si un compte est fermé

cli-init-slack-before = Pour Slack, il faut d'abord l'application : « copain slack-manifest » en donne le manifeste, et docs/fr/installer-slack.md montre les écrans.
cli-init-slack_coordinator = Identifiant de membre Slack de la personne qui coordonne (U012ABC; dans son profil Slack, « ⋮ », puis « Copy member ID ») :
cli-init-channels = Canaux de discussion (identifiants comme C0123456, ou liens des canaux, séparés par des espaces; laissez vide pour le dire plus tard dans le canal) :
cli-init-team_channels = Canal de l'équipe d'animation (de même) :
cli-init-slack_bot_token = Jeton du robot, « Bot User OAuth Token », qui commence par xoxb- et ne s'affiche pas (laissez vide pour le mettre plus tard) :
cli-init-slack_app_token = Jeton de l'application, « App-Level Token », qui commence par xapp- et ne s'affiche pas (laissez vide pour le mettre plus tard) :
cli-init-token-kind = { $kind ->
        [bot] C'est le jeton du robot (xoxb-). Il est pour l'autre question; ici va celui qui commence par { $wanted }
        [app] C'est le jeton de l'application (xapp-). Il est pour l'autre question; ici va celui qui commence par { $wanted }
        [user] C'est le jeton d'une personne (xoxp-) : Copain agirait en son nom. Ici va celui qui commence par { $wanted }
        [expiring] C'est un jeton qui expire (xoxe). Dans les réglages de l'application, laissez « Token Rotation » éteint. Ici va celui qui commence par { $wanted }
       *[other] Ce n'est pas un jeton entier. Ici va celui qui commence par { $wanted }
    }
cli-init-slack-later = Avant de démarrer, mettez { $names } dans { $file }.
cli-init-invite-slack = Sur Slack, écrivez dans chaque canal : /invite @{ $bot }

slack-check-in-clear = Slack : { $address } commence par « http: » et mène à une autre machine; les jetons passent en clair. Écrivez « https: ».
slack-check-unanswered = Slack : { $address } ne répond pas, { $why ->
        [late] même après 10 secondes
        [name] car ce nom ne mène à aucune machine
        [tls] car son certificat n'est pas reconnu
        [refused] car personne n'y écoute
        [proxy] car le mandataire ne laisse pas passer
       *[other] ou sa réponse n'est pas celle de Slack
    }. Vérifiez « proxy » et « api_url », et que cette machine peut sortir vers Slack.
slack-check-no-server = Slack : ce qui répond à { $address } n'est pas Slack. Corrigez « api_url » sous [slack]; d'ordinaire, c'est https://slack.com/api/
slack-check-clocks-apart = Slack : l'horloge de Slack et celle de cette machine diffèrent de { $seconds } secondes. Synchronisez cette machine (NTP).
slack-check-clocks-far = Slack : l'horloge de cette machine est fausse de { $minutes } minutes. Copain écrirait aux mauvaises heures. Synchronisez-la (NTP).
slack-check-swapped = Slack : les deux jetons sont inversés. Échangez-les : SLACK_BOT_TOKEN commence par xoxb-, SLACK_APP_TOKEN par xapp-
slack-check-token-kind = Slack : { $name } { $kind ->
        [bot] contient le jeton du robot
        [app] contient le jeton de l'application
        [user] contient le jeton d'une personne, et Copain agirait en son nom
        [expiring] contient un jeton qui expire; laissez « Token Rotation » éteint dans les réglages de l'application
       *[other] ne contient pas un jeton entier
    }. Mettez-y celui qui commence par { $wanted } (page { $page }).

slack-check-login = Slack : connexion à l'espace de travail { $team }, sous le nom de @{ $user }.
slack-check-app = Slack : l'application est { $app }.
slack-check-token-dead = Slack : { $name } n'est pas valide (code { $code }). Copiez-le de nouveau depuis la page { $page } de l'application.
slack-check-uninstalled = Slack : l'application n'est plus installée dans l'espace de travail (code { $code }). Installez-la de nouveau (page « Install App »), et remettez le jeton dans SLACK_BOT_TOKEN.
slack-check-odd = Slack : la connexion est refusée (code { $code }). Réessayez dans une minute, puis cherchez ce code sur docs.slack.dev.
slack-check-other-app = Slack : les deux jetons viennent de deux applications différentes. Prenez-les tous deux dans les réglages de la même application.
slack-check-scopes = Slack : l'application a les { $n } droits qu'il faut, et aucun de trop.
slack-check-scopes-missing = Slack : il manque des droits : { $scopes }. Page « App Manifest » : collez-y ce que donne « copain slack-manifest », puis page « Install App » : « Reinstall ».
slack-check-scopes-unused = Slack : l'application a des droits dont Copain ne se sert pas : { $scopes }. Retirez-les (page « OAuth & Permissions »), puis réinstallez l'application.
slack-check-socket = Slack : le mode Socket est ouvert; les événements viendront de { $host }.
slack-check-socket-off = Slack : le mode Socket ne s'ouvre pas (code { $code }). Page « Socket Mode » de l'application : allumez « Enable Socket Mode ».
slack-check-socket-scope = Slack : SLACK_APP_TOKEN n'a pas le droit connections:write. Page « Basic Information », sous « App-Level Tokens » : faites un jeton qui l'a.

slack-check-channel = Canal { $channel } : Copain y est; { $private ->
        [yes] privé
       *[no] public
    }, { $n_members ->
        [one] { $n_members } compte
       *[other] { $n_members } comptes
    }.
slack-check-channel-unknown = Canal { $channel } : Slack ne le montre pas à Copain. S'il est privé, écrivez-y « /invite @{ $bot } »; sinon, vérifiez cet identifiant, au bas de « About » dans les détails du canal.
slack-check-channel-absent = Canal { $channel } : Copain n'y est pas. Écrivez dans ce canal : /invite @{ $bot }
slack-check-channel-archived = Canal { $channel } : il est archivé, et personne ne peut y écrire. Désarchivez-le, ou nommez-en un autre sous « spaces ».
slack-check-channel-public = Canal { $channel } : tout l'espace de travail peut y entrer, alors qu'on entre dans la communauté sur demande. Copain s'y tait. Rendez-le privé dans ses réglages, ou écrivez « join = "open" ».
slack-check-channel-shared = Canal { $channel } : il est partagé avec un autre espace de travail. Ces personnes lisent tout; elles parlent à Copain par mention, par bouton et en privé, sans la commande.
slack-check-channel-odd = Canal { $channel } : Slack ne dit rien de ce canal (code { $code }). Réessayez dans une minute, puis cherchez ce code sur docs.slack.dev.
slack-check-nobody = Slack : l'espace de travail ne connaît pas { $user }, sous « coordinators ». Vérifiez cet identifiant de membre.
slack-check-closed-account = Slack : le compte { $user }, sous « coordinators », est fermé. Nommez-en un autre.
slack-check-no-person = Slack : le compte { $user }, sous « coordinators », est celui d'une application. Nommez une personne.
