# Questions that members propose for the bank, and the team's answer.

help-suggest = suggests a question for the room, or shows yours
example-suggest = { $prefix } suggest "How do you welcome somebody new?" #welcome

# --- Suggesting.

form-suggest-title = Suggest a question
form-suggest-short = Suggest a question
form-suggest-text =
    Which question would you like to ask the community? Just one, short, that starts from practice. A keyword at the end, such as #welcome, helps to file it.
    At present: { $now }
form-suggest-visible = Visible to: the facilitators, with your name; members, without your name, if it leaves for the room or if somebody suggests nearly the same · Kept: 30 days after a no; in the bank after a yes, without your name if you leave.
form-suggest-words-title = Send your question
form-suggest-words-send =
    This is what the facilitators will read:

    { $text }
    { $tags }

    Shall I send it?
form-suggest-words-send-yes = Send to the team
form-suggest-words-send-no = Change the words

proposals-sent =
    It is with the facilitators, thank you! Their answer will come here.

    { $text }
proposals-blank = I need words: a short question, for example "How do you welcome somebody new?"
proposals-enough = Thank you for all these ideas! It is { $most } a day at most, so that the team has time to read them well. More tomorrow?
proposals-same =
    This question is already in the bank, under **{ $code }**. Its turn will come:

    { $twin }
proposals-same-waiting =
    This question has been suggested already, and the facilitators will answer it:

    { $twin }
proposals-twin =
    The bank already has a question that is very close, under **{ $code }**:

    { $twin }

    Yours:

    { $text }

    Leave it at that, or let the team decide?
proposals-twin-waiting =
    A question that is very close already waits for the team's answer:

    { $twin }

    Yours:

    { $text }

    Leave it at that, or let the team decide?
proposals-left-it =
    Very well, nothing is sent. Here are your words, in case you can use them:

    { $text }

button-proposal-new = Suggest a question
button-proposal-leave = Leave it at that
button-proposal-send = Suggest it all the same
button-proposal-withdraw = Take my question back
button-proposal-mine = My suggestions

# --- One's own.

proposals-me =
    { $n ->
        [0] **Your suggestions**: none waits for an answer
        [one] **Your suggestions**: one waits for the team's answer
       *[other] **Your suggestions**: { $n } wait for the team's answer
    }
proposals-none = You have suggested nothing lately. Is there a question on your mind?
proposals-mine = **Your suggestions**
proposals-mine-waiting = { $n }. { $text } *(suggested on { $asked }; the team will answer you)*
proposals-mine-accepted = { $n }. { $text } *(kept on { $decided }; one day it will leave for the room)*
proposals-mine-declined = { $n }. { $text } *(not kept, on { $decided })*
proposals-mine-left = { $n }. { $text } *(taken back when you left)*
proposals-number-withdraw = { $n } · Take back
proposals-number-again = { $n } · Suggest again
proposals-withdrawn =
    Taken back: the team no longer reads it, and I keep none of its words. Here they are, in case you come back to it:

    { $text }

# --- The answer, for whoever suggested it.

proposals-told-accepted =
    Good news: the facilitators keep your question. It is in the bank and will leave for the room one day, without your name. Thank you!

    { $text }
proposals-told-mended =
    Good news: the facilitators keep your question, slightly reworded. It is in the bank and will leave for the room one day, without your name. Thank you!

    { $text }
proposals-told-declined =
    The facilitators have read your question and do not put it into the bank this time. Thank you for suggesting it: the next one will be read with the same care.

    { $text }

    A word from the team: { $reason }

# --- For the facilitators.

proposals-card =
    Prompt suggested by **{ $name }**:

    { $text }
    { $tags }
proposals-card-near = Close to **{ $code }**, suggested all the same: { $twin }
proposals-card-accepted = Accepted by { $by } on { $at }, under **{ $code }**.
proposals-card-declined =
    Declined by { $by } on { $at }.
    A word from the team: { $reason }
proposals-card-withdrawn = This suggestion was taken back. There is nothing left to do.

proposals-list =
    { $n ->
        [one] **One suggestion waits for your answer**
       *[other] **{ $n } suggestions wait for your answer**
    }
proposals-waiting = { $n }. { $text } *(suggested on { $asked })*
proposals-others =
    { $n ->
        [one] And one more, once these are decided.
       *[other] And { $n } more, once these are decided.
    }
proposals-number = See number { $n }
proposals-nothing = No suggestion waits. When a member suggests a question, it comes here.
proposals-bank = See the bank
proposals-todo = A suggested prompt: { $text }
proposals-by = - **{ $code }** · { $question } *(suggested by { $name })*

proposals-accepted =
    It is in the bank, under **{ $code }**. I am telling whoever suggested it.

    { $text }
proposals-declined = Declined. I am telling whoever suggested it, with our thanks.

proposals-is-waiting = Your question waits for the team's answer.
proposals-is-accepted = The question is in the bank, under { $code }.
proposals-is-declined = The question was not kept.
proposals-is-withdrawn = The suggestion was taken back.

form-proposal-modify-title = Reword, then accept
form-proposal-modify-text =
    In which words does it go into the bank? Whoever suggested it will read them.
    At present: { $now }
form-proposal-modify-visible = Visible to: the facilitators and whoever suggested it, then the whole room on the day it leaves · Kept: as long as the community lives.
form-proposal-decline-title = Decline a suggestion
form-proposal-decline-reason =
    { $text }

    A word for whoever suggested it? One line is enough, and they will read it as it is. Nothing to add? Skip.
form-proposal-decline-visible = Visible to: whoever suggested it, and the facilitators · Kept: 30 days.

button-proposals =
    { $n ->
        [one] One suggestion to read
       *[other] { $n } suggestions to read
    }
button-proposal-card = See the suggestion
button-proposal-accept = Accept
button-proposal-modify = Reword, then accept
button-proposal-decline = Decline

journal-proposal-accept = accepted a suggested prompt
journal-proposal-decline = declined a suggested prompt
data-why-proposal = Questions you suggested
data-why-proposal-decided = Your answers to suggested questions
data-kept-proposal = in the bank if the team keeps them, without your name if you leave; otherwise for 30 days after the answer
