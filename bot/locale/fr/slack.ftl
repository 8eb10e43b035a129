# Ce qui empêche Copain de continuer sur Slack : lu par qui l'installe.

slack-fault-token = Slack ne reconnaît plus ce jeton. Mettez un SLACK_BOT_TOKEN valide (il commence par « xoxb- ») dans le fichier .env, puis relancez « copain run ».
slack-fault-app-token = Slack refuse le jeton de l'application. Mettez un SLACK_APP_TOKEN valide (il commence par « xapp- » et porte le droit connections:write) dans le fichier .env, puis relancez « copain run ».
slack-fault-socket = Slack n'ouvre pas de connexion à l'application ({ $code }). Activez « Socket Mode » dans ses réglages, puis relancez « copain run ».
slack-fault-removed = L'application a été retirée de l'espace de travail, ou son jeton a été révoqué. Installez-la de nouveau, mettez le nouveau SLACK_BOT_TOKEN dans le fichier .env, puis relancez « copain run ».
slack-fault-refused = Slack refuse l'application ({ $code }). « copain check » dit ce qui lui manque.
