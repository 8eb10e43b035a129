# Ce qui ne va pas dans config.toml ou dans l'environnement, et comment y remédier.
# Chaque config-fault-X a son config-cure-X; les deux reçoivent les mêmes valeurs.

# Une ligne par défaut; { $found } est absent quand rien n'est écrit.
config-fault-line = { $key } ({ $found }) : { $problem } { $cure }
config-fault-line-empty = { $key } : { $problem } { $cure }

config-fault-no-file = Ce fichier n'existe pas.
config-cure-no-file = Créez-le avec « copain init », ou nommez-en un autre avec --config.
config-fault-unreadable = Ce fichier ne peut pas être lu.
config-cure-unreadable = Vérifiez les droits d'accès, et enregistrez-le en UTF-8.
config-fault-toml = Ce n'est pas du TOML à la ligne { $line }, colonne { $column }.
config-cure-toml = Il manque souvent un guillemet, une virgule ou un crochet juste avant.
config-fault-env = La ligne { $line } ne se lit pas comme NOM=valeur.
config-cure-env = Corrigez cette ligne, ou retirez-la.

config-fault-unknown = Cette clé n'existe pas ici.
config-cure-unknown = { $nearest ->
        [none] Les clés possibles sont : { $allowed }.
       *[other] Vouliez-vous écrire { $nearest } ?
    }
config-fault-missing = Cette clé est nécessaire.
config-cure-missing = Ajoutez-la; config.example.toml en donne un exemple.
config-fault-secret = Un secret ne s'écrit pas dans ce fichier.
config-cure-secret = Retirez-le, remplacez-le s'il a circulé, et mettez-le dans .env sous l'un de ces noms : { $variables }.
config-fault-type = { $expected ->
        [text] Un texte entre guillemets est attendu.
        [boolean] Le mot true ou false est attendu, sans guillemets.
        [date] Une date est attendue.
        [list] Une liste est attendue.
       *[table] Une table est attendue.
    }
config-cure-type = { $expected ->
        [text] Par exemple : "bonjour".
        [boolean] Par exemple : true.
        [date] Par exemple : 2025-09-08.
        [list] Par exemple : ["a", "b"].
       *[table] Voyez la même clé dans config.example.toml.
    }
config-fault-choice = Cette valeur n'est pas une de celles qui sont possibles.
config-cure-choice = { $nearest ->
        [none] Choisissez : { $allowed }.
       *[other] Vouliez-vous écrire { $nearest } ? Valeurs possibles : { $allowed }.
    }
config-fault-blank = Ce texte est vide.
config-cure-blank = Écrivez quelque chose entre les guillemets.

config-fault-command = Ce nom de commande ne convient pas.
config-cure-command = Prenez des lettres minuscules sans accent, des chiffres, - ou _, par exemple « copain ».
config-fault-zone = Ce fuseau horaire n'existe pas.
config-cure-zone = { $nearest ->
        [none] Prenez un nom de l'IANA, par exemple America/Toronto ou Europe/Paris.
       *[other] Vouliez-vous écrire { $nearest } ?
    }
config-fault-database = Cette adresse n'est pas celle d'une base prise en charge.
config-cure-database = Elle commence par sqlite+aiosqlite:// ou postgresql+asyncpg://.
config-fault-proxy = Cette adresse de mandataire ne convient pas.
config-cure-proxy = Par exemple http://mandataire.example.org:3128, ou "" pour n'en utiliser aucun.
config-fault-rate = Cette limite ne se comprend pas.
config-cure-rate = Écrivez "40/min", ou 0 pour n'en avoir aucune.
config-fault-url = Cette adresse ne convient pas.
config-cure-url = Elle commence par https://, par exemple https://matrix.example.org.
config-fault-port = Ce n'est pas un numéro de port.
config-cure-port = Choisissez un nombre de 1 à 65535, sans guillemets.
config-fault-matrix-user = Ce n'est pas un identifiant Matrix.
config-cure-matrix-user = Par exemple @copain:example.org.

config-fault-no-community = Aucune communauté n'est décrite.
config-cure-no-community = Ajoutez une table [[communities]]; config.example.toml en donne un exemple.
config-fault-slug = Ce nom court ne convient pas.
config-cure-slug = Prenez des lettres minuscules sans accent, des chiffres et des tirets, par exemple sante-nord.
config-fault-slug-twice = Ce nom court est déjà pris par { $other }.
config-cure-slug-twice = Donnez-en un autre à l'une des deux communautés.
config-fault-holiday = Ce n'est ni un calendrier connu, ni une date.
config-cure-holiday = { $nearest ->
        [none] Choisissez { $allowed }, ou écrivez une date comme 2026-09-30.
       *[other] Vouliez-vous écrire { $nearest } ? Sont possibles : { $allowed }, ou une date comme 2026-09-30.
    }
config-fault-form-field = Ce nom de champ ne convient pas.
config-cure-form-field = Prenez un mot, suivi de ? si la réponse est facultative, par exemple "criteria?".
config-fault-form-name = Le nom est toujours demandé en premier.
config-cure-form-name = Retirez name de la liste.
config-fault-form-long = Le formulaire a { $n } champs; { $most } au plus sont possibles.
config-cure-form-long = Gardez ceux dont la décision a vraiment besoin.
config-fault-form-twice = Un champ est demandé deux fois.
config-cure-form-twice = Retirez l'un des deux.
config-fault-homeserver = Ce n'est pas le nom d'un serveur Matrix.
config-cure-homeserver = Écrivez ce qui suit les deux-points d'un identifiant, par exemple example.org.
config-fault-account = Ce compte ne se comprend pas.
config-cure-account = Écrivez slack:U012ABC, @claire:example.org ou terminal:claire.
config-fault-space-id = Ce n'est pas l'identifiant d'un espace { $platform ->
        [slack] Slack
        [matrix] Matrix
       *[terminal] du terminal
    }.
config-cure-space-id = { $platform ->
        [slack] Il commence par C ou G, par exemple C0123456; Slack le montre au bas des détails du canal.
        [matrix] Il commence par un point d'exclamation, par exemple !abc:example.org; il est dans les paramètres avancés du salon.
       *[terminal] Prenez un mot, par exemple general.
    }
config-fault-space-twice = Cet espace est déjà celui de { $other }.
config-cure-space-twice = Un espace n'appartient qu'à une communauté et n'a qu'un usage : retirez l'une des deux lignes.
config-fault-time = Cette heure ne se comprend pas.
config-cure-time = Écrivez-la avec deux chiffres de chaque côté, par exemple "09:00".
config-fault-hours = La journée finit avant de commencer.
config-cure-hours = Mettez le début dans from et la fin dans to.
config-fault-word = Le mot { $word } est vide.
config-cure-word = Écrivez le mot de votre communauté, ou retirez la ligne.
config-fault-setting = Le réglage { $setting } a une valeur d'un genre inattendu.
config-cure-setting = Donnez un texte, un nombre, true, false, une date ou une liste de textes.

config-fault-seal = Ce secret n'a pas la bonne forme.
config-cure-seal = Il faut { $n } octets tirés au hasard, en base64; « copain init » en fabrique un.
config-fault-no-seal = Ce secret manque.
config-cure-no-seal = Sans lui, rien ne scelle les réponses aux sondages; « copain init » en fabrique un dans .env.
config-fault-no-secret = La table [{ $table }] est là, mais ce secret manque.
config-cure-no-secret = Mettez-le dans .env ou dans l'environnement, ou retirez la table [{ $table }].
