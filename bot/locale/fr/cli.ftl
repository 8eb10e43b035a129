# La ligne de commande : ce que lit la personne qui installe Copain ou qui l'essaie.

cli-misused-transcript = « --transcript » lit le dossier nommé par « --data », et ne va pas avec « --script ».
cli-fault-no-demo = Il n'y a pas de démonstration dans ce dossier : { $folder }
cli-fault-no-terminal = Aucune communauté de { $file } n'a d'espace sur la plateforme « terminal ».
cli-fault-file = Le fichier { $file } ne peut pas être ouvert : { $reason ->
        [missing] ce fichier n'existe pas
        [forbidden] les droits manquent
       *[other] il ne se laisse pas ouvrir
    }.
cli-fault-newer-database = Cette base vient d'une version plus récente de Copain. Installez cette version, ou restaurez une sauvegarde faite avant elle.
cli-fault-unreachable = La base ne répond pas : { $address }. Vérifiez son adresse, et qu'elle est en marche.
cli-fault-running = Copain tourne déjà ici : un autre processus utilise cette base. Arrêtez-le d'abord, ou attendez qu'il ait fini.
cli-fault-unexpected = Quelque chose n'a pas fonctionné (référence { $reference }). Le détail est dans la ligne au-dessus.

cli-db-current = La base est à jour : révision { $revision }.
cli-db-upgraded = La base est maintenant à la révision { $revision }.
cli-db-behind = La base est à la révision { $revision }; cette version apporte { $head }. « copain db upgrade » la met à jour.
cli-db-empty = La base est encore vide; cette version apporte { $head }. « copain db upgrade » la prépare.

cli-data-map-title = Ce que Copain sait des personnes : table et colonne · pourquoi · combien de temps · qui le voit.

cli-check-ok = ok
cli-check-warning = attention
cli-check-fault = faute
cli-check-config = Configuration : { $file } se lit sans faute.
cli-check-secrets = Secrets : ceux qu'il faut sont là.
cli-check-env-open = D'autres personnes de cette machine peuvent lire { $file }. Tapez : chmod 600 { $file }
cli-check-database = Base : { $address } répond ({ $system }), et elle est à jour.
cli-check-database-empty = Base : { $address } est encore vide. « copain db upgrade » la prépare.
cli-check-database-behind = Base : { $address } attend une mise à jour. « copain db upgrade » la fait.
cli-check-database-newer = Base : { $address } vient d'une version plus récente de Copain. Installez cette version, ou restaurez une sauvegarde.
cli-check-database-unreachable = Base : { $address } ne répond pas. Vérifiez l'adresse, le mot de passe, et les droits sur le dossier.
cli-check-clocks-apart = L'horloge de la base et celle de cette machine diffèrent. Synchronisez les deux (NTP).
cli-check-community = Communauté { $community } : rôles et espaces sont là.
cli-check-no-coordinator = Communauté { $community } : personne ne la coordonne. Nommez quelqu'un sous « coordinators ».
cli-check-coordinator-off = Communauté { $community } : personne, sous « coordinators », n'a de compte sur une plateforme en service. Ajoutez un compte, ou la table de sa plateforme.
cli-check-no-animator = Communauté { $community } : personne n'anime; la coordination reçoit tout. Vous pouvez nommer quelqu'un sous « animators ».
cli-check-no-discussion = Communauté { $community } : aucun espace de discussion. Ajoutez-en un sous « spaces ».
cli-check-no-animators-space = Communauté { $community } : aucun espace pour l'équipe d'animation; elle sera prévenue en privé.
cli-check-space-off = Communauté { $community } : un espace est sur { $platform }, qui est éteint. Ajoutez la table [{ $platform }], ou retirez cet espace.
cli-check-no-host = Communauté { $community } : il manque qui répond des données. Remplissez « host », « hosting » et « contacts.privacy »; les membres les voient.
cli-check-clock = Horloge : { $now } (UTC).
cli-check-clock-late = Horloge : { $now } (UTC), ce qui est dans le passé. Mettez cette machine à l'heure.
cli-check-no-limit = La limite par personne est levée : une seule personne peut ralentir toutes les autres. Écrivez « 40/min » sous [limits].
cli-check-no-platform = Aucune plateforme n'est en service : ajoutez la table [slack] ou [matrix].
cli-check-connection = Connexion prévue : { $address }
cli-check-no-connection = Aucune connexion prévue vers l'extérieur.
cli-check-listens = Écoute prévue : { $address }

cli-init-begin = Quelques questions, et Copain est prêt. La touche Entrée garde ce qui est proposé entre crochets.
cli-init-language = Langue de la communauté (fr ou en) :
cli-init-name = Nom de la communauté :
cli-init-purpose = Sa raison d'être, en une phrase :
cli-init-timezone = Fuseau horaire :
cli-init-platforms = Où la communauté se retrouve-t-elle (slack, matrix, les deux, ou terminal pour essayer)?
cli-init-platforms-unclear = Écrivez slack, matrix, les deux, ou terminal.
cli-init-terminal_coordinator = Compte de la personne qui coordonne, dans le terminal (terminal:claire) :
cli-init-host = Qui répond des données (montré aux membres) :
cli-init-hosting = Où vivent les données (montré aux membres) :
cli-init-missing = Il manque une réponse (question { $question }); rien n'a été écrit.
cli-init-replace = { $file } existe déjà. Le remplacer (oui ou non)?
cli-init-kept = { $file } reste tel quel.
cli-init-written = { $file } est écrit.
cli-init-secret-kept = { $file } contient déjà COPAIN_SECRET, qui reste le même.
cli-init-add = { $file } existe déjà. Y ajouter { $names } (oui ou non)?
cli-init-sealed = { $file } contient un COPAIN_SECRET tout neuf. Gardez-en une copie en lieu sûr : il ouvre ce qui est scellé.
cli-init-next = Ensuite : ajoutez les espaces sous « spaces », puis tapez « copain check ».
cli-init-next-chat = Ensuite : tapez « copain check », puis « copain run », et invitez le robot là où vous vous parlez.

cli-backup-done = Sauvegarde faite : { $place }. Lignes : { $rows }; fichiers : { $files }; taille : { $size } Mo.
cli-backup-apart = Les secrets n'y sont pas : gardez à part une copie de { $env }, et celle de { $list }, qui dit qui oublier de nouveau.
cli-backup-empty = Il n'y a rien à sauvegarder : { $address } est encore vide.
cli-backup-occupied = { $place } existe déjà et n'est pas vide. Donnez le nom d'un nouveau dossier.
cli-backup-unsound = La base de cette copie est abîmée; rien n'a été gardé. Reprenez une sauvegarde plus ancienne.
cli-backup-keys-unsound = Les clés de { $file } sont abîmées; rien n'a été gardé.
cli-backup-far-database = Base : { $done } %
cli-backup-far-files = Fichiers : { $done } %
cli-restore-done = Sauvegarde du { $created } remise en place et vérifiée. Lignes : { $rows }; fichiers : { $files }; taille : { $size } Mo.
cli-restore-forgotten = { $people ->
        [0] Selon la liste, aucune personne de la sauvegarde n'a été effacée depuis.
        [one] Une personne effacée depuis la sauvegarde est de nouveau oubliée.
       *[other] { $people } personnes effacées depuis la sauvegarde sont de nouveau oubliées.
    }
cli-restore-no-list = Aucune liste d'effacements plus récente que la sauvegarde : les personnes effacées depuis sont de retour. Si vous avez erasures.txt ailleurs, recommencez avec « --erasures ».
cli-restore-no-keys = Les clés de chiffrement de la sauvegarde n'ont pas été remises : la table [matrix] manque dans la configuration.
cli-restore-no-secret = Il manque COPAIN_SECRET : sans celui d'avant, personne ne peut savoir qui oublier de nouveau.
cli-restore-other-secret = Ce COPAIN_SECRET n'est pas celui de la sauvegarde : avec lui, la liste d'effacements ne reconnaîtrait personne. Rien n'a été touché. Remettez l'ancien fichier .env; s'il est perdu, recommencez sans erasures.txt : les personnes effacées depuis seront alors de retour.
cli-restore-no-backup = { $place } n'est pas une sauvegarde de Copain, ou elle est incomplète.
cli-restore-altered = Le fichier { $file } de la sauvegarde n'est plus celui qui a été copié; rien n'a été touché.
cli-restore-occupied-database = La base { $address } n'est pas vide; rien n'a été touché. Déplacez-la, ou donnez l'adresse d'une base neuve.
cli-restore-occupied-keys = Le dossier des clés { $place } n'est pas vide; rien n'a été touché. Déplacez-le, ou nommez-en un autre sous [matrix] « store ».
