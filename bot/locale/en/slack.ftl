# What keeps Copain from going on with Slack: read by whoever installs it.

slack-fault-token = Slack no longer knows this token. Put a valid SLACK_BOT_TOKEN (it begins with "xoxb-") into the file .env, then start "copain run" again.
slack-fault-app-token = Slack refuses the token of the app. Put a valid SLACK_APP_TOKEN (it begins with "xapp-" and has the scope connections:write) into the file .env, then start "copain run" again.
slack-fault-socket = Slack opens no connection for the app ({ $code }). Switch on "Socket Mode" in its settings, then start "copain run" again.
slack-fault-removed = The app was removed from the workspace, or its token was revoked. Install it again, put the new SLACK_BOT_TOKEN into the file .env, then start "copain run" again.
slack-fault-refused = Slack refuses the app ({ $code }). "copain check" tells what it lacks.
