# What is waiting for the facilitators: the page, and the morning bundle.

todo-bundle =
    { $n ->
        [one] **One thing is waiting.** It has its button, and "Later" is an answer.
       *[other] **{ $n } things are waiting**, the oldest first. Each has its button, and "Later" is an answer.
    }
todo-page-nothing = **What is waiting** · nothing. Everything works.
todo-page =
    { $n ->
        [one] **What is waiting** · one thing
       *[other] **What is waiting** · { $n } things, the oldest first
    }
todo-line = { $n }. { $what }
todo-others =
    { $n ->
        [one] and one more
       *[other] and { $n } more
    }
todo-hidden =
    { $n ->
        [one] One thing put off will be back on the next working day.
       *[other] { $n } things put off will be back on the next working day.
    }
todo-elsewhere =
    { $n ->
        [one] **{ $community }**: one thing is waiting.
       *[other] **{ $community }**: { $n } things are waiting.
    }
button-todo-of = See · { $community }
todo-which = Which one can wait until the next working day?
todo-later =
    Put off until the next working day, for you alone:
    > { $what }
todo-gone = This is waiting no longer: somebody has seen to it.
todo-numbered = { $n } · { $label }
todo-number = { $n }

button-todo-rest =
    { $n ->
        [one] See the next one
       *[other] See the { $n } others
    }
why-quiet-week = You facilitate this community. This line comes once a week at most, when nothing is waiting.
help-todo = shows what is waiting for the facilitators
