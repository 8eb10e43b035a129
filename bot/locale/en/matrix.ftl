# What keeps Copain from going on with Matrix: read by whoever installs it.

matrix-fault-certificate = The server's certificate is not valid. Check the address "homeserver" in config.toml, and the date of this machine.
matrix-fault-token = The server no longer knows this account. Put a valid MATRIX_ACCESS_TOKEN, or MATRIX_PASSWORD, into the file .env, then start "copain run" again.
matrix-fault-password = The server refuses the password of { $user }. Correct MATRIX_PASSWORD in the file .env.
matrix-fault-in-use = The folder { $folder } is in use by another Copain. Stop that one first: two at once would damage the keys.
matrix-fault-other-account = The folder { $folder } holds the keys of { $found }. Correct "user_id" in config.toml, or name another folder under "store".
matrix-fault-whose-token = This token is that of { $found }. Correct MATRIX_ACCESS_TOKEN, or "user_id" in config.toml.
matrix-fault-no-device = This token is tied to no device, and encryption keys need one. Log the bot's account in to get another, or set MATRIX_PASSWORD.
