# Ce qui attend l'équipe d'animation : la page, et l'envoi du matin.

todo-bundle =
    { $n ->
        [one] **Une chose attend.** Elle a son bouton, et « Plus tard » est une réponse.
       *[other] **{ $n } choses attendent**, la plus ancienne en premier. Chacune a son bouton, et « Plus tard » est une réponse.
    }
todo-page-nothing = **Ce qui attend** · rien. Tout fonctionne.
todo-page =
    { $n ->
        [one] **Ce qui attend** · une chose
       *[other] **Ce qui attend** · { $n } choses, la plus ancienne en premier
    }
todo-line = { $n }. { $what }
todo-others =
    { $n ->
        [one] et une autre
       *[other] et { $n } autres
    }
todo-hidden =
    { $n ->
        [one] Une chose remise à plus tard reviendra au prochain jour ouvrable.
       *[other] { $n } choses remises à plus tard reviendront au prochain jour ouvrable.
    }
todo-elsewhere =
    { $n ->
        [one] **{ $community }** : une chose attend.
       *[other] **{ $community }** : { $n } choses attendent.
    }
button-todo-of = Voir · { $community }
todo-which = Laquelle peut attendre au prochain jour ouvrable?
todo-later =
    C'est remis au prochain jour ouvrable, pour vous seulement :
    > { $what }
todo-gone = Cela n'attend plus : quelqu'un s'en est occupé.
todo-numbered = { $n } · { $label }
todo-number = { $n }

button-todo-rest =
    { $n ->
        [one] Voir la suivante
       *[other] Voir les { $n } autres
    }
why-quiet-week = Vous animez cette communauté. Cette ligne vient une fois par semaine au plus, quand rien n'attend.
help-todo = montre ce qui attend l'équipe d'animation
