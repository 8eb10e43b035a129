# La mise en place guidée : huit questions, puis le premier mois à regarder.

setup-later = Quand vous voudrez : le bouton reste ici, et `{ $prefix } mise-en-place` reprend où vous en étiez. D'ici là, rien ne part.
setup-saved = C'est noté. Tout se change encore, ici ou dans « réglages ».
setup-change = Quelle réponse voulez-vous changer?
setup-contacts-count = J'ai lu { $n } lignes. Écrivez une seule ligne, pour une même personne, ou quatre : données, technique, accompagnement, appel.

form-setup-title = La mise en place
form-setup-visible = Visible par : les membres, dans « réglages ». Conservé : tant que la communauté existe.
form-setup-purpose = **Le but.** En une phrase : qu'est-ce que vos membres viennent chercher ensemble?
    Pour l'instant : { $now }
form-setup-origin = **L'origine.** Une organisation l'a-t-elle mise sur pied, ou est-elle née d'elle-même?
    Pour l'instant : { $now }
form-setup-format = **Le mode.** Comment vous rencontrez-vous, le plus souvent?
    Pour l'instant : { $now }
form-setup-holidays = **Les jours fériés.** Choisissez un ou plusieurs calendriers : je n'y envoie rien. Une date à part s'ajoute plus tard, dans « réglages ».
    Pour l'instant : { $now }
form-setup-slow = **Les périodes calmes.** Quand faut-il presque se taire? Par exemple : 24 juin au 15 août, 20 décembre au 5 janvier. « aucune » convient; « passer » garde ce qui est là.
    Pour l'instant : { $now }
form-setup-slot = **Le rendez-vous.** Quel jour convient le mieux pour ce qui revient chaque semaine?
    Pour l'instant : { $now }
form-setup-contacts = **Les contacts.** À qui écrire pour les données, la technique, l'accompagnement et en appel? Une ligne pour une même personne, ou quatre lignes dans cet ordre.
    Pour l'instant : { $now }
form-setup-external = **Ce qui peut sortir.** Qu'est-ce que la communauté accepte de montrer à l'extérieur? Jamais de nom, dans aucun cas.
    Pour l'instant : { $now }

setup-question-purpose = Le but
setup-question-origin = L'origine
setup-question-format = Le mode
setup-question-holidays = Les jours fériés
setup-question-slow = Les périodes calmes
setup-question-slot = Le rendez-vous
setup-question-contacts = Les contacts
setup-question-external = Ce qui peut sortir

setup-calendar-ca-qc = Québec
setup-calendar-ca-qc-public = Québec, secteur public
setup-calendar-fr = France
setup-calendar-fr-alsace-moselle = Alsace-Moselle

month-title = **Les trente prochains jours.** Messages dans les salons : { $n_space }. Messages privés à une même personne : { $n_private } au plus.
month-empty = **Les trente prochains jours.** Rien n'est prévu pour l'instant : ni dans les salons ({ $n_space }), ni en privé ({ $n_private }).

    Les messages viendront de ce que vous choisirez : un rythme de questions, une activité, un sondage.
month-space = - { $when } · { $space } · { $what }
month-private = - { $when } · en privé, à une personne · { $what }
month-turn = - { $when } · { $what }
month-more = … et d'autres encore : { $n }.
month-message = un message

button-see-month = Voir le mois

help-setup = pose les huit questions de la mise en place
