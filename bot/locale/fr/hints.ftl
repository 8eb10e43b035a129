# Le rappel privé à qui vient d'écrire un détail par lequel on pourrait reconnaître quelqu'un.

hints-shown = Ce message contient peut-être un détail qui permet de reconnaître quelqu'un. Vous pouvez le modifier ou l'effacer.
hints-aid = Dans **{ $space }**, j'ai cru voir { $seen }. C'est une aide : je me trompe parfois, et je ne vois pas tout.
hints-less = Vous n'en voulez plus? « { $prefix } notifications » les éteint.
hints-seen-birth = une date de naissance
hints-seen-insurance = un numéro d'assurance maladie
hints-seen-record = un numéro de dossier
hints-seen-initials = des initiales avec un âge
hints-seen-age-place = un âge avec un lieu
hints-seen-telephone = un numéro de téléphone
hints-seen-image = un nom dans celui d'une image
kind-hint = mots en privé sur un détail à relire
