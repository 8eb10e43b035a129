# The demonstration in the terminal: what is wrong with a line of a script.

demo-fault-line = I do not understand this line.
demo-fault-order = I do not know this instruction: { $found }
demo-fault-time = This is not a date: { $found }. For example: 2026-03-02T09:00
demo-fault-duration = This is not a length of time: { $found }. For example: 3d 4h
demo-fault-clock-back = The clock does not go back.
demo-fault-clock-first = "@clock" comes first; after that, "@skip" and "@until" make time pass.
demo-fault-past = This moment is already past: { $found }
demo-fault-nobody = There is nobody of that name: { $found }
demo-fault-no-space = There is no space of that name: { $found }
demo-fault-unseen = This person does not see that place: { $found }
demo-fault-no-message = This person sees no message { $found }.
demo-fault-not-yours = Message { $found } is not this person's.
demo-fault-no-button = This person sees no button "{ $found }".
demo-fault-changed = This line is not the one that this folder has already played.
demo-fault-at-line = Line { $line }: { $fault }
demo-fault-bot = This name is the bot's: { $found }
demo-fault-long = That is too much time at once: { $found }. Ten years are possible.
demo-fault-utf8 = This line is not in UTF-8.
demo-fault-chat-only = This instruction exists in the chat alone: { $found }
demo-fault-chat-order = I do not know { $found }. Type "@help" to see what is possible.

# The chat: what the person at the keyboard reads beside the messages.
demo-screen-day = — { $day } —
demo-screen-edits = replaces { $line }
demo-screen-removes = takes back { $line }
demo-chat-greeting =
    Welcome! You are in private with Copain, as somebody who has just arrived.
    Type `help`, or write whatever you like.
    `@as marie`: speak as somebody else · `@skip 1d`: let a day pass · `@help`: all the rest · Ctrl-D: leave.
demo-chat-orders =
    ### Who speaks
    - `@as marie` or `@as marie general`: speak as Marie, in private or in a space.
    - `marie: hello` · `marie @dm: help` · `marie @annonces: thanks`: a single line, without changing places.
    - `@join nadia` · `@leave nadia`: somebody arrives, somebody leaves.

    ### Acting on a message, by its number
    - `[Accept]` or `[2] 12`: press a button.
    - `^12: agreed`: reply in the thread. `marie +12 📌`: react. `marie ~12: better`: edit. `marie -12`: delete.

    ### Time
    - `@skip 3d 4h`: let three days and four hours pass. `@until 2026-03-09T08:30`: go there.

    ### The rest
    - `@down`, then `@up`: stop the bot, then bring it back.
    - `@space general public`: make a space public, or private with `private`.

    Present: { $names }.
    Tab completes what you type; Ctrl-C clears the line; Ctrl-D ends.
demo-chat-speaker = You now speak as { $name }.
demo-chat-clock = It is now { $now }.
demo-chat-joined = { $name } is now in { $space }.
demo-chat-left = { $name } is in no space any more.
demo-chat-done = Done.
demo-chat-toolbar = { $now } · @help · Ctrl-D to leave
