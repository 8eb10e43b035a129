# "Who will see this?": who will read an answer, with real names.

button-who-will-see = Who will see this?

who-will-see-title = **Who will see this?**
who-will-see-self = **In the community**: nobody but you.
who-will-see-addressee = **The person concerned**: they read your words as they are.
who-will-see-team = **The facilitators** today: { $names }.
who-will-see-members =
    { $n ->
        [one] **Members**: one person today.
       *[other] **Members**: { $n } people today.
    }
who-will-see-room = **{ $space }**: a closed room. Whoever is in it, and whoever will be, can read what is posted there.
who-will-see-room-public = **{ $space }**: a room open to anyone, beyond the members.
who-will-see-server = **Whoever administers the messaging tool** { $reads }.

who-will-see-tap = **A button**: others only see the total. I keep your choice until the question closes; then only the total remains, and for 30 days the fact that you answered.
who-will-see-thread = **A message in the thread, a reaction**: everyone in the room sees them, with your name. I do not keep the text.
who-will-see-private = **Answer in private**: I post your words in the thread after showing them to you, with your name or, where that is offered, without it. I do not keep the text once posted.
