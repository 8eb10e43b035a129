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
