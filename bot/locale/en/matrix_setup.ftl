# What "copain init" and "copain check" say of Matrix.

cli-init-looking = Looking for the server at https://{ $server }/.well-known/matrix/client
cli-init-matrix_coordinator = Matrix account of whoever coordinates (@claire:example.org):
cli-init-homeserver = Address of the Matrix homeserver:
cli-init-user_id = Account of the bot there:
cli-init-rooms = Rooms for discussion (ids such as !abc:example.org, with spaces between them; leave empty to say it in the room later):
cli-init-team_rooms = Room of the facilitators (likewise):
cli-init-password = Password of the bot's Matrix account, which is not shown (leave empty if you have a token):
cli-init-token = Access token of that Matrix account, which is not shown (leave empty to add it later):
cli-init-secret-added = { $name } is in { $file }, which nobody but you can read.
cli-init-login-later = Before you start, put MATRIX_PASSWORD or MATRIX_ACCESS_TOKEN into { $file }.
cli-init-invite-matrix = On Matrix, invite it to each room, as you would a person.

cli-check-discussion-by-chat = Community { $community }: no space for discussion. Add one under "spaces", or write in the room: "!{ $command } space discussion" (on Slack, "/{ $command } space discussion").

matrix-check-server = Matrix: { $address } answers (version { $version }).
matrix-check-server-old = Matrix: { $address } answers, but its version ({ $version }) is old; attachments may be missing. Ask for an update (1.11 or newer).
matrix-check-unanswered = Matrix: { $address } does not answer, { $why ->
        [late] not even after 10 seconds
        [name] because that name leads to no machine
        [tls] because its certificate is not trusted
        [refused] because nobody listens there
        [proxy] because the proxy lets nothing through
       *[other] or answers something that no server says
    }. Check "homeserver" and "proxy", and that the server is running.
matrix-check-no-server = Matrix: what answers at { $address } is no Matrix homeserver. Correct "homeserver"; the address is in https://YOUR-SERVER/.well-known/matrix/client
matrix-check-in-clear = Matrix: { $address } begins with "http:" and leads to another machine; password and token pass in clear. Write "https:".
matrix-check-clocks-apart = Matrix: the server's clock and this machine's differ. Synchronise both (NTP).
matrix-check-odd = Matrix: the server refuses the account's login (code { $code }). Try again, then ask whoever looks after the server.

matrix-check-login = Matrix: logged in as { $user }, device { $device }.
matrix-check-password = Matrix: the password of { $user } opens its account.
matrix-check-token-dead = Matrix: the token is no longer valid. Make a fresh one and put it into MATRIX_ACCESS_TOKEN, or put the password into MATRIX_PASSWORD.
matrix-check-password-wrong = Matrix: the server refuses the password of { $user }. Correct MATRIX_PASSWORD or "user_id".
matrix-check-no-password = Matrix: this server takes no passwords. Ask it for a token for this account and put it into MATRIX_ACCESS_TOKEN.
matrix-check-login-held = Matrix: too many logins in a row; the server asks for { $minutes } min of patience. The password was not tried. Wait before you start Copain.
matrix-check-other-user = Matrix: the login is that of { $account }, and the configuration says { $wanted }. Correct "user_id", or the token.
matrix-check-no-device = Matrix: this token has no device, and encryption keys need one. Take that of an ordinary login.
matrix-check-store-of-another = Matrix: the folder { $folder } is that of { $account }, and the configuration says { $wanted }. Name another folder under "store".
matrix-check-store-closed = Matrix: Copain cannot write into { $folder }. Give it that folder, or change "store".
matrix-check-store-open = Matrix: other people on this machine can read { $file }. Type: chmod { $rights } { $file }
matrix-check-keys-elsewhere = Matrix: the device { $device } has keys already, and they are not in { $folder }; Copain could read nothing. Put back the backup of that folder, or give Copain a fresh login of its own.
matrix-check-nobody = Matrix: no server knows { $user }, under "coordinators". Check the spelling.

matrix-check-room = Room { $room }: Copain is there and may write; { $encrypted ->
        [yes] encrypted
       *[no] in clear
    }, { $n_members ->
        [one] { $n_members } account
       *[other] { $n_members } accounts
    }.
matrix-check-room-invited = Room { $room }: Copain is expected there and will come in when it starts.
matrix-check-room-absent = Room { $room }: Copain is not there. Invite { $user }, and check that room id.
matrix-check-room-replaced = Room { $room }: it was replaced by { $new }. Put that new id under "spaces" and invite Copain there.
matrix-check-room-unreadable = Room { $room }: it is encrypted, and Copain cannot read it. Write "encryption = true" under [matrix].
matrix-check-room-silent = Room { $room }: Copain has no right to write there. Make it a moderator of that room.
matrix-check-room-no-redaction = Room { $room }: Copain cannot take its own messages away there. Make it a moderator of that room.
matrix-check-room-no-invite = Room { $room }: Copain cannot invite there; the facilitators will have to, each time somebody is accepted. To avoid that, make it a moderator.
matrix-check-room-no-kick = Room { $room }: Copain cannot show anybody out; the facilitators will have to. To avoid that, make it a moderator.
matrix-check-room-public = Room { $room }: anybody can come in, while people join the community by request. Copain is silent there. Make access private in the room's settings, or write "join = "open"".
matrix-check-room-history = Room { $room }: anybody can read its history, while people join the community by request. Copain is silent there. Keep the history for members in the room's settings.

matrix-check-no-invitation = Matrix: no invitation without an answer.
matrix-check-invitations = Matrix: { $n_waiting ->
        [one] { $n_waiting } invitation stays
       *[other] { $n_waiting } invitations stay
    } without an answer, from { $people }. Copain enters only where a coordinator or facilitator invites it, the rooms named under "spaces", and private conversations with people it knows; a server to welcome is named under "strangers".
matrix-check-invitations-unknown = Matrix: the server did not say in time which invitations wait. Try again later.

matrix-check-no-rooms = Matrix: this account cannot create rooms (code { $code }), so there is no private conversation. Ask whoever administers the server for that right.
matrix-check-pace-free = Matrix: { $n_messages } messages in a row left without the server slowing them.
matrix-check-pace-enough = Matrix: the server lets { $rate } messages a second through; that is enough.
matrix-check-pace-held = Matrix: limit of { $rate } messages a second: a survey of { $people } people will take { $hours } h. Ask whoever administers the server (Synapse): `POST /_synapse/admin/v1/users/{ $user }/override_ratelimit {"{"}"messages_per_second": 0, "burst_count": 0{"}"}`
