# What "copain init", "copain check" and "copain slack-manifest" say of Slack.

slack-manifest-about = A companion for your community of practice: welcome, current questions, settings, privacy. Writes little, and says why.
slack-manifest-command = Talk with the community's bot. With nothing more, the home page.
slack-manifest-usage = help · me · pause
slack-manifest-shortcut = { $label }, from this message, with { $app }.
slack-manifest-no-file = There is no { $file } yet: here is the manifest for the command /{ $command }.

slack-scope-app-mentions-read = being called by name in a channel, in threads too
slack-scope-channels-history = reading what is written in the public channels it was invited to, and finding there what was said during an outage
slack-scope-channels-read = knowing who enters and leaves those channels, their name, and whether they open, are archived or shared
slack-scope-channels-write-invites = letting the people who are accepted into a public channel, and nothing else
slack-scope-chat-write = writing, correcting and taking away its own messages, where it was invited and in private
slack-scope-commands = the slash command, and the shortcuts of messages
slack-scope-files-write = handing a file to somebody: their data, a calendar
slack-scope-groups-history = reading what is written in the private channels it was invited to, and finding there what was said during an outage
slack-scope-groups-read = knowing who enters and leaves those private channels, their name, and whether they open or are archived
slack-scope-groups-write = letting the people who are accepted into a private channel, and showing out those who are removed
slack-scope-im-history = reading what people write to it in private
slack-scope-im-write = opening a private conversation with somebody
slack-scope-reactions-read = counting a reaction as an answer
slack-scope-reactions-write = reacting to a message, as a person would
slack-scope-users-read = calling people by their name, and knowing whether an account is closed

cli-init-slack-before = For Slack you need the app first: "copain slack-manifest" gives its manifest, and docs/en/install-slack.md shows the screens.
cli-init-slack_coordinator = Slack member ID of whoever coordinates (U012ABC; in their Slack profile, "⋮", then "Copy member ID"):
cli-init-channels = Channels for discussion (ids such as C0123456, or the channels' links, with spaces between them; leave empty to say it in the channel later):
cli-init-team_channels = Channel of the facilitators (likewise):
cli-init-slack_bot_token = The bot's token, "Bot User OAuth Token", which begins with xoxb- and is not shown (leave empty to add it later):
cli-init-slack_app_token = The app's token, "App-Level Token", which begins with xapp- and is not shown (leave empty to add it later):
cli-init-token-kind = { $kind ->
        [bot] That is the bot's token (xoxb-). It belongs to the other question; here goes the one that begins with { $wanted }
        [app] That is the app's token (xapp-). It belongs to the other question; here goes the one that begins with { $wanted }
        [user] That is a person's token (xoxp-): Copain would act in their name. Here goes the one that begins with { $wanted }
        [expiring] That is a token that expires (xoxe). In the app's settings, leave "Token Rotation" off. Here goes the one that begins with { $wanted }
       *[other] That is no whole token. Here goes the one that begins with { $wanted }
    }
cli-init-slack-later = Before you start, put { $names } into { $file }.
cli-init-invite-slack = On Slack, write in each channel: /invite @{ $bot }

slack-check-in-clear = Slack: { $address } begins with "http:" and leads to another machine; the tokens pass in clear. Write "https:".
slack-check-unanswered = Slack: { $address } does not answer, { $why ->
        [late] not even after 10 seconds
        [name] because that name leads to no machine
        [tls] because its certificate is not trusted
        [refused] because nobody listens there
        [proxy] because the proxy lets nothing through
       *[other] or answers something that Slack never says
    }. Check "proxy" and "api_url", and that this machine may reach Slack.
slack-check-no-server = Slack: what answers at { $address } is not Slack. Correct "api_url" under [slack]; usually it is https://slack.com/api/
slack-check-clocks-apart = Slack: Slack's clock and this machine's differ by { $seconds } seconds. Synchronise this machine (NTP).
slack-check-clocks-far = Slack: this machine's clock is wrong by { $minutes } minutes. Copain would write at the wrong times. Synchronise it (NTP).
slack-check-swapped = Slack: the two tokens are in each other's place. Swap them: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-
slack-check-token-kind = Slack: { $name } { $kind ->
        [bot] holds the bot's token
        [app] holds the app's token
        [user] holds a person's token, and Copain would act in their name
        [expiring] holds a token that expires; leave "Token Rotation" off in the app's settings
       *[other] holds no whole token
    }. Put the one there that begins with { $wanted } (page { $page }).

slack-check-login = Slack: logged in to the workspace { $team }, as @{ $user }.
slack-check-app = Slack: the app is { $app }.
slack-check-token-dead = Slack: { $name } is not valid (code { $code }). Copy it again from the page { $page } of the app.
slack-check-uninstalled = Slack: the app is no longer installed in the workspace (code { $code }). Install it again (page "Install App"), and put the token back into SLACK_BOT_TOKEN.
slack-check-odd = Slack: the login is refused (code { $code }). Try again in a minute, then look that code up on docs.slack.dev.
slack-check-other-app = Slack: the two tokens come from two different apps. Take both from the settings of the same app.
slack-check-scopes = Slack: the app has the { $n } scopes it needs, and none too many.
slack-check-scopes-missing = Slack: scopes are missing: { $scopes }. Page "App Manifest": paste what "copain slack-manifest" gives, then page "Install App": "Reinstall".
slack-check-scopes-unused = Slack: the app has scopes that Copain does not use: { $scopes }. Remove them (page "OAuth & Permissions"), then reinstall the app.
slack-check-socket = Slack: Socket Mode is on; events will come from { $host }.
slack-check-socket-off = Slack: Socket Mode does not open (code { $code }). Page "Socket Mode" of the app: turn "Enable Socket Mode" on.
slack-check-socket-scope = Slack: SLACK_APP_TOKEN lacks the scope connections:write. Page "Basic Information", under "App-Level Tokens": make a token that has it.

slack-check-channel = Channel { $channel }: Copain is there; { $private ->
        [yes] private
       *[no] public
    }, { $n_members ->
        [one] { $n_members } account
       *[other] { $n_members } accounts
    }.
slack-check-channel-unknown = Channel { $channel }: Slack does not show it to Copain. If it is private, write "/invite @{ $bot }" there; if not, check that id, at the bottom of "About" in the channel's details.
slack-check-channel-absent = Channel { $channel }: Copain is not there. Write in that channel: /invite @{ $bot }
slack-check-channel-archived = Channel { $channel }: it is archived, and nobody can write there. Unarchive it, or name another one under "spaces".
slack-check-channel-public = Channel { $channel }: the whole workspace can come in, while people join the community by request. Copain is silent there. Make it private in its settings, or write "join = "open"".
slack-check-channel-shared = Channel { $channel }: it is shared with another workspace. Those people read everything; they talk to Copain by mention, by button and in private, without the command.
slack-check-channel-odd = Channel { $channel }: Slack tells nothing of that channel (code { $code }). Try again in a minute, then look that code up on docs.slack.dev.
slack-check-nobody = Slack: the workspace does not know { $user }, under "coordinators". Check that member ID.
slack-check-closed-account = Slack: the account { $user }, under "coordinators", is closed. Name another one.
slack-check-no-person = Slack: the account { $user }, under "coordinators", is that of an app. Name a person.
