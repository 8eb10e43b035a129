# Removing or correcting a message of the bot, from the message.

undo-removed = Removed from { $spaces }: { $what }. The journal keeps your name and the time, not the text.
undo-under = What I had written in the thread is gone too. Members' messages have not moved.
undo-still-waits = If a decision was awaited, it still is: "todo" shows it.
undo-corrected = Corrected. The journal keeps your name and the time, not the text.
undo-text =
    { $text }

undo-already = Already done: this message is no longer there.
undo-not-mine = This message is not mine, or is more than 90 days old. I only remove and correct my own, in the community's rooms.
undo-private = This message is private: I only remove and correct those in rooms. "remove", here, shows the latest ones.
undo-buttons = This message has buttons I could not put back as they were. I can remove it: react to it with 🗑️.
undo-nothing = I have nothing in the rooms that can still be removed or corrected.
undo-refused-remove = I could not remove my message from **{ $space }**: the messaging tool refused, or it was already gone. If it is still there, somebody who administers the room can delete it.
undo-refused-correct = I could not correct my message in **{ $space }**: the messaging tool refused, or it was already gone. If it is still there, you can remove it with 🗑️ and post again.

undo-which = My latest messages in the rooms. Which one should go?
undo-which-correct = My latest messages in the rooms. Which one needs correcting?
undo-line = { $n }. { $what } · { $spaces } · { $when }
undo-line-words = { $n }. { $what } · { $spaces } · { $when } · "{ $words }"

undo-what-message = a message
undo-what-prompt = the current question
undo-what-relance = a follow-up word
undo-what-synthesis = the summary
undo-what-welcome = the welcome to new members
undo-what-card = a facilitators' card
undo-what-alert = a notice to facilitators
undo-what-farewell = the community's farewell

prompts-undone-what = the current question
prompts-undone-synthesis = the summary
prompts-undone-answer = an answer posted for a member
prompts-undone-bank = **{ $code }** is back in the bank, as if it had never left.
prompts-undone-answers =
    { $n ->
        [one] One person had answered through me: their words went with the question. A word to tell them would be kind.
       *[other] { $n } answers had been given through me: they went with the question. A word to say so would be kind.
    }
prompts-state-removed = The facilitators have removed this question.
prompts-not-our-words = These words are a member's: I can remove them (🗑️), never change them.
prompts-reworded-bank = The bank keeps the old text of **{ $code }** until you change it there too.
prompts-reworded-poll = The poll in the thread keeps the old text; its answers still hold.

form-correct-title = Correct a message
form-correct-text =
    What is the right text? It will replace the old one wherever that is read; buttons and answers stay.
    Currently: { $now }
form-correct-visible = Visible to: everyone in the room where the message is · Kept: in the messaging tool, like the message.

button-undo-remove = Remove
button-undo-correct = Correct
button-undo-which = Remove { $n }
button-undo-which-correct = Correct { $n }
shortcut-undo-remove = Remove this message
shortcut-undo-correct = Correct this message

help-remove = removes one of my messages, from that message
example-remove = { $prefix } remove
help-correct = changes the text of one of my messages, from that message
example-correct = { $prefix } correct "The right text"
arg-new-text = the new text, in quotation marks

journal-undo = removed a message of the bot
journal-correct = corrected a message of the bot
journal-word-message = message
journal-word-prompt = current question
journal-word-relance = follow-up
journal-word-synthesis = summary
journal-word-welcome = welcome
journal-word-card = facilitators' card
journal-word-alert = notice to facilitators
journal-word-farewell = farewell
