# Le résumé des membres : en privé, à l'heure de chaque personne, ou dans le salon; et au retour d'une pause.

digest-title = **Le résumé de { $community }**
digest-space-title = **Le résumé de { $community }, pour tout le monde**
digest-synthesis = **À retenir** · { $question } → { $kept }
digest-kept = **À retenir** · { $kept }
digest-question = **Une question, un clic** · { $question }
digest-answered = { $n } personnes ont déjà répondu.
digest-open = **Aussi ouverte** · { $question }
digest-button-prompts = Les questions ouvertes
digest-how = Un autre jour, ou plus du tout : choisissez **Mon résumé**.
digest-space-how = Pour vous seul ou seule, à votre heure : choisissez **Mon résumé**.
digest-space-fortnight = Le résumé de la quinzaine, pour tout le salon.
digest-nothing = Rien de neuf à résumer pour le moment.
digest-off = Il n'y a pas de résumé privé dans cette communauté. La coordination peut changer cela dans les réglages.

digest-page = **Un résumé en moins de 120 mots**, en privé, au jour et à l'heure qui vous vont. Quand il n'y a rien à dire, je n'envoie rien.
digest-chosen = C'est noté.
digest-stopped = C'est noté : je ne vous envoie plus de résumé.
digest-next = **Le prochain** : le { $day }, s'il y a de quoi.
digest-none = aucun
digest-every-week = chaque semaine, le { $day } à { $at }
digest-every-fortnight = toutes les deux semaines, le { $day } à { $at }
digest-days = Quel jour vous convient?
digest-day-0 = Lundi
digest-day-1 = Mardi
digest-day-2 = Mercredi
digest-day-3 = Jeudi
digest-day-4 = Vendredi
digest-day-5 = Samedi
digest-day-6 = Dimanche
digest-hours = À quelle heure, chez vous?
digest-hour = { $at }
digest-button-week = Un résumé chaque { $day }, { $at }
digest-button-fortnight = Un { $day } sur deux, { $at }
digest-button-none = Aucun résumé
me-digest = **Résumé** : { $digest }
welcome-kit-digest = **Pour suivre sans tout lire** : un résumé en privé, au jour que vous choisissez. « résumé » le montre tout de suite.
button-digest = Mon résumé
button-digest-now = Le lire maintenant
button-digest-days = Changer de jour
button-digest-hours = Changer d'heure
form-digest-hour-title = L'heure de votre résumé
form-digest-hour-at = À quelle heure? Par exemple : « 18 h 30 ».
form-digest-hour-visible = Visible par : vous. Conservé : tant que vous êtes membre, puis 30 jours.
less-digest = Le résumé ne vient plus. Pour le reprendre, ou choisir un autre jour : « moi ».

return-title = **Vous revoilà.** L'essentiel de { $community } pendant votre pause :
return-title-several = **Vous revoilà.** L'essentiel de vos communautés pendant votre pause :
return-community = **{ $community }**
return-charter = **La charte a changé** : c'est la version { $version }. Deux minutes pour la lire.
return-crisis = **Mode crise** : seules les questions continuent, et c'est voulu.

kind-quiet-week = mot des semaines calmes
kind-space-digest = résumé dans le salon
kind-return-digest = résumé au retour d'une pause
data-why-digest = Le jour et l'heure où vous voulez un résumé
help-digest = montre ce qui s'est passé dernièrement, en moins de 120 mots
