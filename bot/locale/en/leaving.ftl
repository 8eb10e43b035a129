# Leaving the community, coming back, having everything erased.

leaving-confirm = **Leave { $community }?** I do not ask why.

    My messages stop at once. For { $days } days you can come back and find everything; after that everything is erased. A break silences my messages without losing anything.
leaving-spaces = I do not take you out of the rooms: you can leave them yourself, whenever you like.
leaving-came-back = Welcome back to **{ $community }**, { $name }. You find everything as it was. If you had a role in the team, it can give it to you again.
leaving-nothing-to-restore = There is nothing left to restore in **{ $community }**. To enter again, write "join".
leaving-still-here = You still belong to **{ $community }**. To erase everything all the same, write "privacy forget".
leaving-last-coordinator =
    You are the only person coordinating **{ $community }**. So that it is not left without anyone, hand over first:

    `{ $prefix } role @name coordinator`

    After that, nothing holds you back.
leaving-coordinator-gone = **No coordinator in sight**: the account of { $name } has left every room, and nobody else coordinates **{ $community }**. The role stays in place until someone takes over.

button-leave-yes = Yes, leave

help-leave = leaves the community, in two clicks
