# Discussion prompts: the bank, the question posted, the answers, the thread summary.

prompts-off = Prompts are switched off in this community. A coordinator can switch them on in the settings.

# --- The question in the space.

prompts-title = **{ WORD("prompt", first: "upper") }**
prompts-title-themed = **{ WORD("prompt", first: "upper") }** · { $theme }
prompts-posting =
    { $title }

    { $question }

    { $reminder }

    { $how }
    { $private }
    { $reading }

    { $counts }
prompts-poll = { $question }
prompts-count = { $option }: { $n }
prompts-closed =
    { $title }

    { $question }

    { $counts }

    { $ended }
prompts-ended =
    { $people ->
        [0] Thread closed on { $day }. Thank you for reading it.
        [1] Thread closed on { $day }. Thank you to the person who answered.
       *[other] Thread closed on { $day }. Thank you to the { $people } people who answered.
    }
prompts-elsewhere = A first answer has come in **{ $space }**. The answers of all rooms count together.
prompts-state = The question has been closed since { $day }.
prompts-choice-kept = Noted. Your latest choice is the one that counts.

prompts-current =
    { $title }

    { $question }

    The thread is in { $spaces }. A click here counts just as much as there.
prompts-page =
    { $title }

    { $question }
prompts-none-open = No question is open at the moment. The next one will come in the room.

button-prompt-private = Answer in private

# --- Answering in private, with or without one's name.

form-prompt-answer-title = Answer the question
form-prompt-answer-text =
    { $question }

    Write me your answer. You will see it again before I publish it in the thread, with your name.
form-prompt-answer-publish =
    This is what the members will read:

    { $answer }

    Shall I publish it?
form-prompt-answer-visible = Visible to: the members, in the thread of the question · Kept: your text, never once it is published; with your name, the fact that you answered, 30 days after the close.
form-prompt-answer-text-either =
    { $question }

    Write me your answer. You will then choose whether it appears with your name or without it.
form-prompt-answer-whose =
    With your name, or without?

    - **With**: your text appears in the thread right away.
    - **Without**: it appears at a moment drawn at random, within the next two working hours. I keep no link between you and it, so I will not be able to correct it or take it back for you. The facilitators can take it back.

    What can still give you away: a way of writing, a detail, the moment, a thread where few people answer. Until it is published, whoever runs my server can read the text, without a name. And what you just wrote stays in this conversation: you may delete it here.
form-prompt-answer-whose-window =
    With your name, or without?
    Without your name, the text appears at a moment drawn at random, within the next two working hours. I keep no link between you and it: I will not be able to correct it or take it back for you; the facilitators can take it back. What can still give you away: a way of writing, a detail, the moment, a thread where few people answer. Until it is published, whoever runs my server can read the text, without a name.
form-prompt-answer-with-name = Publish with my name
form-prompt-answer-without-name = Publish without my name
prompts-nameless-answer = Somebody answers, without their name:
    { $text }
prompts-nameless-sent = It is in my care. Your text will appear in the thread without your name, at a moment drawn at random within the next two working hours; sooner if the thread closes before then. Thank you!
prompts-nameless-off = Answering without one's name has just been switched off here. Nothing is published: you may publish with your name, or cancel.
prompts-answer = **{ $name }** answers, through me:
    { $text }
prompts-answer-sent = It is published in the thread, with your name. I keep no copy of the text. Thank you!
prompts-visitor = Somebody who is not a member yet is in the room: until the facilitators have decided, I publish nobody's words there. You can try again later.

# --- The bank.

prompts-list = **The bank of prompts** · { $first } to { $last } of { $total }
prompts-line = - **{ $code }** · { $question }
prompts-line-open = - **{ $code }** · { $question } *(open)*
prompts-line-used = - **{ $code }** · { $question } *(already posted this round)*
prompts-line-archived = - **{ $code }** · { $question } *(archived)*
prompts-line-kept = - **{ $code }** · { $question } *(waits for pulse surveys)*
prompts-none-such =
    { $tag ->
        [none] The bank is empty. "prompt add" puts the first one in.
       *[other] No prompt carries #{ $tag }. "prompt list" shows them all.
    }
prompts-unknown = I cannot find a prompt "{ $typed }". Each has a code, such as P07 or C02: "prompt list" shows them.
prompts-added =
    It is in the bank now, as **{ $code }**:

    { $question }
prompts-edited =
    It is changed, as **{ $code }**:

    { $question }
prompts-restored = **{ $code }** is back in the bank:

    { $question }
prompts-set-aside = **{ $code }** is archived. It will not be drawn any more, and nothing is lost:

    { $question }
prompts-options-count = Between two and { $most } options are needed, one a line or separated by semicolons. For an open question, skip.
prompts-options-long = An option has { $longest } characters at most: it becomes a button.

form-prompt-add-title = Add a prompt
form-prompt-edit-title = Change a prompt
form-prompt-text =
    What is the question? Only one, short, that starts from practice.
    At present: { $now }
form-prompt-options =
    Any options to choose from? One a line or separated by semicolons. Without them the question is open: the thread and three one-click answers.
    At present: { $now }
form-prompt-tags =
    A few keywords? For example: tool, newcomers. With "case", the question carries the confidentiality reminder.
    At present: { $now }
form-prompt-effort = How much effort does it ask?
form-prompt-effort-1 = One click
form-prompt-effort-2 = Two or three sentences
form-prompt-effort-3 = A short story
form-prompt-kind = May it return, once the whole bank has been used?
form-prompt-kind-evergreen = Yes, it stays good
form-prompt-kind-single = No, only once
form-prompt-visible = Visible to: the facilitators, then the whole room on the day it goes out · Kept: as long as the community lives.

button-prompt-draw = Post the next one
button-prompt-add = Add a prompt
button-prompt-more = More
button-prompt-back = Previous page
button-prompt-post = Post now
button-prompt-edit = Change
button-prompt-archive = Archive
button-prompt-restore = Put back into the bank

# --- Posting and closing.

prompts-posted = **{ $code }** has just gone out in { $spaces }:

    { $question }
prompts-new-round = The whole bank has been used: a new round begins.
prompts-no-space = No room for discussion is open at the moment. In a room, a coordinator can write "space discussion".
prompts-kept = { $code } waits for pulse surveys: it is not answered like the others. Please choose another one.
prompts-archived = { $code } is archived. Put it back into the bank first: "prompt archive { $code }" shows the button.
prompts-already-open = { $code } is already open in the room. "prompt close { $code }" closes it.
prompts-none-tagged = No prompt with #{ $tag } is free this round. "prompt list #{ $tag }" shows them, and "prompt post" followed by a code posts one all the same.
prompts-none-left = There is no prompt left to post. "prompt add" puts one into the bank.
prompts-not-open = { $code } is not open at the moment.
prompts-nothing-open = No prompt is open at the moment: there is nothing to close.
prompts-close-which = Several prompts are open. Which one shall I close?
prompts-closed-unnamed = **{ $code }** is closed. It was answered, without a name.
prompts-closed-told =
    { $people ->
        [0] **{ $code }** is closed. Nobody answered this time: that happens to good questions too.
        [1] **{ $code }** is closed. One person answered.
       *[other] **{ $code }** is closed. { $people } people answered.
    }

button-prompt-close = Close and sum up

# --- The thread summary.

form-synthesis-title = Thread summary
form-synthesis-question =
    { $before }

    First, **the question**:
    { $kept }
form-synthesis-question-new =
    { $before }

    First, **the question** this thread was about, in one sentence.
form-synthesis-agreed = **What we agree on**, in one line. Nothing like it? Skip.
form-synthesis-open = **What remains open**, in one line. Nothing like it? Skip.
form-synthesis-link = **The useful link**: with whom, and why. Nothing like it? Skip.
form-synthesis-publish =
    This is the summary, as the members will read it:

    { $preview }

    Shall I publish it?
form-synthesis-visible = Visible to: the members, in the thread · Kept: with the question, as long as the community lives.
prompts-synthesis = **{ $title }**

    { $lines }

    { $thanks }
prompts-thanks =
    { $people ->
        [1] Thank you to the person who fed this thread.
       *[other] Thank you to the { $people } people who fed this thread.
    }
prompts-synthesis-sent = It is published in the thread. Thank you: this is what those who were not there will read.
prompts-recap-where = Say "recap" in the thread you want to sum up, or give me its link. Here are the last questions posted, too.
prompts-link = I do not recognise this link as a thread in one of your rooms. In the thread itself, mention me followed by "recap".
prompts-thread-gone = This thread is no longer where I knew it. Your text is kept above: you can publish it yourself.

# --- Help.

arg-prompt-tag = a keyword, such as #tool
arg-prompt-code = the code of a prompt, such as P07
arg-prompt-text = the question, between quotation marks
arg-thread-link = the link to a message of the thread

help-prompt-list = shows the prompts, to post or add one
help-prompt-add = adds a prompt to the bank
help-prompt-edit = changes a prompt of the bank
help-prompt-archive = sets a prompt aside
help-prompt-post = posts a prompt at once, the next one or the one you choose
help-prompt-close = closes a prompt and prepares the summary
help-recap = sums up a thread in four lines

example-prompt-list = { $prefix } prompt list #outil
example-prompt-add = { $prefix } prompt add "Which tool do you open every morning?" #tool
example-prompt-edit = { $prefix } prompt edit C01
example-prompt-archive = { $prefix } prompt archive P07
example-prompt-post = { $prefix } prompt post P07
example-prompt-close = { $prefix } prompt close P07
example-recap = { $prefix } recap
