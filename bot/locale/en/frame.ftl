# What the common door and the forms say: permissions, arguments, questions.

permissions-no-community = I do not know yet which community you mean. Write "community" to choose.
permissions-not-allowed =
    { $role ->
        [coordinator] This belongs to the coordinator; nothing has changed.
       *[other] This belongs to the facilitators; nothing has changed.
    }
    To ask for it, write to this person: { $contact }
permissions-state-preparation = **{ $community }** is still being prepared. This will be possible once it is open.
permissions-state-closed = **{ $community }** is closed. You can still read and receive your data, but nothing new begins there.

frame-expired = The message has changed since.

answers-typed-back = Here is your text, intact:
    { $typed }

answers-state-past = The message has been replaced since, or what it asked for is done.

routing-no-space-of-ours = This shortcut is for the community's spaces, and this is not one of them. I kept nothing of this message.

answers-in-private = My answer is in our private messages.

dispatch-apology =
    Something went wrong on my side, and I am sorry. Nothing was changed.

    Try again in a moment. If it comes back, give this reference to { $technical }: **{ $reference }**

dispatch-not-understood = I did not understand. The home page shows everything I can do, without commands.
dispatch-slow-down = You are faster than I am! Give me { $delay }, then try again.

parsing-surplus = I do not know what to do with "{ $surplus }"
arg-topic = the topic you would like to know about

forms-progress = Question { $step } of { $of }.
forms-required = This question needs an answer. "cancel" stops everything and keeps nothing.
forms-empty = I received nothing that I can read. A few words are enough.
forms-typed = You had written:
    { $typed }
forms-too-long = That is a little long: { $length } characters, and I can keep { $longest }. Could you shorten it?
forms-not-a-choice = Choose one of the answers below, by its button or its number.
forms-waits = "{ $form }" waits for its turn: let us first finish the questions already begun.
forms-turn = Now for "{ $form }".
forms-resumed = We take up "{ $form }" where you left it.
forms-other-first = Another form is open. This one comes right after it.

button-form-keep = Keep: { $value }
button-form-keep-all = Keep this answer
button-form-skip = Skip
button-form-back = Back
button-form-cancel = Cancel
button-yes = Yes
button-no = No

# A command that arrived long after it was typed.
form-again-title = A request that got no answer
form-again-again = You had asked for "{ $line }", { $at }. I was not there to answer, and I am sorry. Shall I still do it?
again-dropped = Noted, I leave that request aside.
