# Writing to the facilitators through the bot, and getting their answer.

form-write-title = Write to the facilitators
form-write-words =
    The facilitators: { $team }
    What would you like to tell them?
form-write-visible = Visible to: the facilitators, with your name · Kept: nothing here; the message stays in their messaging tool
form-write-back-title = Reply
form-write-back-words = Your reply?
form-write-back-visible = Visible to: the person who wrote, with your name · Kept: nothing here; the message stays in their messaging tool

write-sent = Handed to the facilitators. The reply will come from a person, right here.
write-card =
    Message from **{ $name }** to the facilitators:
    { $words }
write-answer =
    Reply from **{ $name }**, one of the facilitators:
    { $words }
write-answered = Handed to { $name }.
write-gone = This person is no longer a member.

button-write-answer = Reply
button-write-again = Write again
