# Ce que « copain init » et « copain check » disent de Matrix.

cli-init-looking = Recherche du serveur à https://{ $server }/.well-known/matrix/client
cli-init-matrix_coordinator = Compte Matrix de la personne qui coordonne (@claire:exemple.org) :
cli-init-homeserver = Adresse du serveur Matrix :
cli-init-user_id = Compte du robot sur ce serveur :
cli-init-rooms = Salons de discussion (identifiants comme !abc:exemple.org, séparés par des espaces; laissez vide pour le dire plus tard dans le salon) :
cli-init-team_rooms = Salon de l'équipe d'animation (de même) :
cli-init-password = Mot de passe du compte Matrix du robot, qui ne s'affiche pas (laissez vide si vous avez un jeton) :
cli-init-token = Jeton d'accès de ce compte Matrix, qui ne s'affiche pas (laissez vide pour le mettre plus tard) :
cli-init-secret-added = { $name } est dans { $file }, que personne d'autre que vous ne peut lire.
cli-init-login-later = Avant de démarrer, mettez MATRIX_PASSWORD ou MATRIX_ACCESS_TOKEN dans { $file }.
cli-init-invite-matrix = Sur Matrix, invitez-le dans chaque salon, comme une personne.

cli-check-discussion-by-chat = Communauté { $community } : aucun espace de discussion. Ajoutez-en un sous « spaces », ou écrivez dans le salon : « !{ $command } salon discussion » (sur Slack, « /{ $command } salon discussion »).

matrix-check-server = Matrix : { $address } répond (version { $version }).
matrix-check-server-old = Matrix : { $address } répond, mais sa version ({ $version }) est ancienne; les pièces jointes peuvent manquer. Demandez une mise à jour (1.11 ou plus).
matrix-check-unanswered = Matrix : { $address } ne répond pas, { $why ->
        [late] même après 10 secondes
        [name] car ce nom ne mène à aucune machine
        [tls] car son certificat n'est pas reconnu
        [refused] car personne n'y écoute
        [proxy] car le mandataire ne laisse pas passer
       *[other] ou sa réponse n'est pas celle d'un serveur
    }. Vérifiez « homeserver » et « proxy », et que le serveur est en marche.
matrix-check-no-server = Matrix : ce qui répond à { $address } n'est pas un serveur Matrix. Corrigez « homeserver »; l'adresse est dans https://VOTRE-SERVEUR/.well-known/matrix/client
matrix-check-in-clear = Matrix : { $address } commence par « http: » et mène à une autre machine; mot de passe et jeton passent en clair. Écrivez « https: ».
matrix-check-clocks-apart = Matrix : l'horloge du serveur et celle de cette machine diffèrent. Synchronisez les deux (NTP).
matrix-check-odd = Matrix : le serveur refuse la connexion du compte (code { $code }). Réessayez, puis demandez à qui s'occupe du serveur.

matrix-check-login = Matrix : connexion de { $user }, appareil { $device }.
matrix-check-password = Matrix : le mot de passe de { $user } ouvre son compte.
matrix-check-token-dead = Matrix : le jeton n'est plus valide. Faites-en un neuf et mettez-le dans MATRIX_ACCESS_TOKEN, ou mettez le mot de passe dans MATRIX_PASSWORD.
matrix-check-password-wrong = Matrix : le serveur refuse le mot de passe de { $user }. Corrigez MATRIX_PASSWORD ou « user_id ».
matrix-check-no-password = Matrix : ce serveur n'accepte pas de mot de passe. Demandez-lui un jeton pour ce compte et mettez-le dans MATRIX_ACCESS_TOKEN.
matrix-check-login-held = Matrix : trop de connexions de suite; le serveur demande { $minutes } min de patience. Le mot de passe n'a pas été essayé. Attendez avant de démarrer Copain.
matrix-check-other-user = Matrix : la connexion est celle de { $account }, et la configuration dit { $wanted }. Corrigez « user_id », ou le jeton.
matrix-check-no-device = Matrix : ce jeton n'a pas d'appareil, et les clés de chiffrement en demandent un. Prenez celui d'une connexion ordinaire.
matrix-check-store-of-another = Matrix : le dossier { $folder } est celui de { $account }, et la configuration dit { $wanted }. Nommez un autre dossier sous « store ».
matrix-check-store-closed = Matrix : Copain ne peut pas écrire dans { $folder }. Donnez-lui ce dossier, ou changez « store ».
matrix-check-store-open = Matrix : d'autres personnes de cette machine peuvent lire { $file }. Tapez : chmod { $rights } { $file }
matrix-check-keys-elsewhere = Matrix : l'appareil { $device } a déjà des clés, et elles ne sont pas dans { $folder }; Copain ne pourrait rien lire. Remettez la sauvegarde de ce dossier, ou donnez à Copain une connexion neuve, pour lui seul.
matrix-check-nobody = Matrix : aucun serveur ne connaît { $user }, sous « coordinators ». Vérifiez l'orthographe.

matrix-check-room = Salon { $room } : Copain y est et peut y écrire; { $encrypted ->
        [yes] chiffré
       *[no] en clair
    }, { $n_members ->
        [one] { $n_members } compte
       *[other] { $n_members } comptes
    }.
matrix-check-room-invited = Salon { $room } : Copain y est attendu et y entrera au démarrage.
matrix-check-room-absent = Salon { $room } : Copain n'y est pas. Invitez-y { $user }, et vérifiez cet identifiant de salon.
matrix-check-room-replaced = Salon { $room } : il a été remplacé par { $new }. Mettez ce nouvel identifiant sous « spaces » et invitez-y Copain.
matrix-check-room-unreadable = Salon { $room } : il est chiffré, et Copain ne peut pas le lire. Écrivez « encryption = true » sous [matrix].
matrix-check-room-silent = Salon { $room } : Copain n'a pas le droit d'y écrire. Donnez-lui le rôle de modération dans ce salon.
matrix-check-room-no-redaction = Salon { $room } : Copain ne peut pas y retirer ses propres messages. Donnez-lui le rôle de modération dans ce salon.
matrix-check-room-no-invite = Salon { $room } : Copain ne peut pas y inviter; l'équipe d'animation aura à le faire à chaque acceptation. Pour l'éviter, donnez-lui le rôle de modération.
matrix-check-room-no-kick = Salon { $room } : Copain ne peut pas en faire sortir quelqu'un; l'équipe d'animation aura à le faire. Pour l'éviter, donnez-lui le rôle de modération.
matrix-check-room-public = Salon { $room } : tout le monde peut y entrer, alors qu'on entre dans la communauté sur demande. Copain s'y tait. Rendez l'accès privé dans les réglages du salon, ou écrivez « join = "open" ».
matrix-check-room-history = Salon { $room } : n'importe qui peut lire son historique, alors qu'on entre dans la communauté sur demande. Copain s'y tait. Réservez l'historique aux membres dans les réglages du salon.

matrix-check-no-invitation = Matrix : aucune invitation sans réponse.
matrix-check-invitations = Matrix : { $n_waiting ->
        [one] { $n_waiting } invitation restera
       *[other] { $n_waiting } invitations resteront
    } sans réponse, de { $people }. Copain n'entre que là où la coordination ou l'équipe d'animation l'invite, dans les salons nommés sous « spaces », et en privé chez les gens qu'il connaît; un serveur à accueillir se nomme sous « strangers ».
matrix-check-invitations-unknown = Matrix : le serveur n'a pas dit à temps quelles invitations attendent. Réessayez plus tard.

matrix-check-no-rooms = Matrix : ce compte ne peut pas créer de salon (code { $code }), donc aucune conversation privée. Demandez ce droit à qui administre le serveur.
matrix-check-pace-free = Matrix : { $n_messages } messages de suite sont partis sans que le serveur freine.
matrix-check-pace-enough = Matrix : le serveur laisse passer { $rate } messages par seconde; cela suffit.
matrix-check-pace-held = Matrix : limite de { $rate } message par seconde : un sondage à { $people } personnes prendra { $hours } h. Demandez à qui administre le serveur (Synapse) : `POST /_synapse/admin/v1/users/{ $user }/override_ratelimit {"{"}"messages_per_second": 0, "burst_count": 0{"}"}`
