# Ce qui empêche Copain de continuer sur Matrix : lu par qui l'installe.

matrix-fault-certificate = Le certificat du serveur n'est pas valide. Vérifiez l'adresse « homeserver » de config.toml, et la date de cette machine.
matrix-fault-token = Le serveur ne reconnaît plus ce compte. Mettez un MATRIX_ACCESS_TOKEN valide, ou MATRIX_PASSWORD, dans le fichier .env, puis relancez « copain run ».
matrix-fault-password = Le serveur refuse le mot de passe de { $user }. Corrigez MATRIX_PASSWORD dans le fichier .env.
matrix-fault-in-use = Le dossier { $folder } sert déjà à un autre Copain. Arrêtez-le d'abord : deux à la fois abîmeraient les clés.
matrix-fault-other-account = Le dossier { $folder } contient les clés de { $found }. Corrigez « user_id » dans config.toml, ou indiquez un autre dossier sous « store ».
matrix-fault-whose-token = Ce jeton est celui de { $found }. Corrigez MATRIX_ACCESS_TOKEN, ou « user_id » dans config.toml.
matrix-fault-no-device = Ce jeton n'est lié à aucun appareil, et les clés de chiffrement en demandent un. Connectez le compte du bot pour en obtenir un autre, ou mettez MATRIX_PASSWORD.
