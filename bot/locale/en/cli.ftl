# The command line: what whoever installs Copain or tries it reads.

cli-misused-transcript = "--transcript" reads the folder named by "--data", and does not go with "--script".
cli-fault-no-demo = There is no demonstration in this folder: { $folder }
cli-fault-no-terminal = No community of { $file } has a space on the platform "terminal".
cli-fault-file = The file { $file } cannot be opened: { $reason ->
        [missing] there is no such file
        [forbidden] the rights are missing
       *[other] it does not open
    }.
cli-fault-newer-database = This database comes from a newer version of Copain. Install that version, or restore a backup made before it.
cli-fault-unreachable = The database does not answer: { $address }. Check its address, and that it is running.
cli-fault-running = Copain is already running here: another process uses this database. Stop it first, or wait until it has finished.
cli-fault-unexpected = Something did not work (reference { $reference }). The line above holds the details.

cli-db-current = The database is up to date: revision { $revision }.
cli-db-upgraded = The database is now at revision { $revision }.
cli-db-behind = The database is at revision { $revision }; this version brings { $head }. "copain db upgrade" brings it up to date.
cli-db-empty = The database is still empty; this version brings { $head }. "copain db upgrade" prepares it.

cli-data-map-title = What Copain knows of people: table and column · why · how long · who sees it.

cli-check-ok = ok
cli-check-warning = warning
cli-check-fault = fault
cli-check-config = Configuration: { $file } reads without a fault.
cli-check-secrets = Secrets: those that are needed are there.
cli-check-env-open = Other people on this machine can read { $file }. Type: chmod 600 { $file }
cli-check-database = Database: { $address } answers ({ $system }), and is up to date.
cli-check-database-empty = Database: { $address } is still empty. "copain db upgrade" prepares it.
cli-check-database-behind = Database: { $address } waits for an upgrade. "copain db upgrade" does it.
cli-check-database-newer = Database: { $address } comes from a newer version of Copain. Install that version, or restore a backup.
cli-check-database-unreachable = Database: { $address } does not answer. Check the address, the password, and the rights on the folder.
cli-check-clocks-apart = The database's clock and this machine's differ. Synchronise both (NTP).
cli-check-community = Community { $community }: roles and spaces are there.
cli-check-no-coordinator = Community { $community }: nobody coordinates it. Name somebody under "coordinators".
cli-check-coordinator-off = Community { $community }: nobody under "coordinators" has an account on a platform in use. Add an account, or its platform's table.
cli-check-no-animator = Community { $community }: nobody animates; the coordinators receive everything. You may name somebody under "animators".
cli-check-no-discussion = Community { $community }: no space for discussion. Add one under "spaces".
cli-check-no-animators-space = Community { $community }: no space for the animators; they will be told in private.
cli-check-space-off = Community { $community }: a space is on { $platform }, which is off. Add the table [{ $platform }], or take that space out.
cli-check-no-host = Community { $community }: it is not said who answers for the data. Fill in "host", "hosting" and "contacts.privacy"; members see them.
cli-check-clock = Clock: { $now } (UTC).
cli-check-clock-late = Clock: { $now } (UTC), which lies in the past. Set this machine's clock.
cli-check-no-limit = The limit per person is lifted: one person can slow all others. Write "40/min" under [limits].
cli-check-no-platform = No platform is in use: add the table [slack] or [matrix].
cli-check-connection = Planned connection: { $address }
cli-check-no-connection = No planned connection to the outside.
cli-check-listens = Will listen on: { $address }

cli-init-begin = A few questions, and Copain is ready. The Enter key keeps what is proposed in brackets.
cli-init-language = Language of the community (fr or en):
cli-init-name = Name of the community:
cli-init-purpose = Its purpose, in one sentence:
cli-init-timezone = Time zone:
cli-init-platforms = Where does the community meet (slack, matrix, both, or terminal to try it)?
cli-init-platforms-unclear = Write slack, matrix, both, or terminal.
cli-init-terminal_coordinator = Account of whoever coordinates, in the terminal (terminal:claire):
cli-init-host = Who answers for the data (shown to members):
cli-init-hosting = Where the data lives (shown to members):
cli-init-missing = An answer is missing (question { $question }); nothing was written.
cli-init-replace = { $file } exists already. Replace it (yes or no)?
cli-init-kept = { $file } stays as it is.
cli-init-written = { $file } is written.
cli-init-secret-kept = { $file } already holds COPAIN_SECRET, which stays the same.
cli-init-add = { $file } exists already. Add { $names } to it (yes or no)?
cli-init-sealed = { $file } holds a fresh COPAIN_SECRET. Keep a copy in a safe place: it opens what is sealed.
cli-init-next = Next: add the spaces under "spaces", then type "copain check".
cli-init-next-chat = Next: type "copain check", then "copain run", and invite the bot to where you talk.

cli-backup-done = Backup made: { $place } ({ $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, { $size } MB).
cli-backup-apart = Secrets are not in it: keep a copy of { $env } apart, and one of { $list }, which tells whom to forget again.
cli-backup-empty = There is nothing to back up: { $address } is still empty.
cli-backup-occupied = { $place } exists and is not empty. Give the name of a new folder.
cli-backup-unsound = The database of this copy is damaged; nothing was kept. Go back to an older backup.
cli-backup-keys-unsound = The keys in { $file } are damaged; nothing was kept.
cli-backup-far-database = Database: { $done }%
cli-backup-far-files = Files: { $done }%
cli-restore-done = Backup of { $created } brought back and verified ({ $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, { $size } MB).
cli-restore-forgotten = { $people ->
        [0] By the list, nobody in the backup was erased since.
        [one] One person erased since the backup is forgotten again.
       *[other] { $people } people erased since the backup are forgotten again.
    }
cli-restore-no-list = No list of erasures is newer than the backup: people erased since are back. If you have erasures.txt elsewhere, start over with "--erasures".
cli-restore-no-keys = The encryption keys in the backup were not brought back: the table [matrix] is missing from the configuration.
cli-restore-no-secret = COPAIN_SECRET is missing: without the one of before, nobody can know whom to forget again.
cli-restore-other-secret = This COPAIN_SECRET is not that of the backup: with it, the list of erasures would recognise nobody. Nothing was touched. Put the former file .env back; if it is lost, start over without erasures.txt: people erased since will then be back.
cli-restore-no-backup = { $place } is not a backup of Copain, or it is incomplete.
cli-restore-altered = The file { $file } of the backup is no longer the one that was copied; nothing was touched.
cli-restore-occupied-database = The database { $address } is not empty; nothing was touched. Move it away, or give the address of a new one.
cli-restore-occupied-keys = The folder of keys { $place } is not empty; nothing was touched. Move it away, or name another under [matrix] "store".
