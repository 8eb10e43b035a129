# Forms in a window, where the platform has those.

button-form-open = Fill it all in at once
button-form-change = Change my answers
button-form-window = Open the form
forms-window-late = "{ $form }": the window had no time to open. It opens from here, whenever you like.
forms-window-send = Send
forms-window-close = Close
forms-window-required = An answer is missing here.
forms-window-choice = Choose among the answers offered.
forms-window-gone = This form waits for no answer any more: it was sent or cancelled in the meantime. Nothing else has changed.
forms-window-failed = Something went wrong on my side, and I am sorry. Nothing is lost: send it again in a moment. If it comes back, give this reference to the technical contact: { $reference }

# Titles too long for a window: 24 characters at most.
form-again-short = An unanswered request
form-charter-question-short = About the charter
form-write-short = To the facilitators

# Questions as a window asks them: not speaking of the conversation, nor repeating what it shows by
# itself (what is there, what is optional).
form-setup-slow-window = The slow periods. When should I be almost silent? For example: 24 June to 15 August, 20 December to 5 January. Write "none" if there are none; left empty, nothing changes.
    For now: { $now }
form-setup-purpose-window = The purpose. In one sentence: what do your members come for together?
form-setup-origin-window = The origin. Did an organisation set it up, or was it born by itself?
form-setup-format-window = The mode. How do you meet, most of the time?
form-setup-holidays-window = The holidays. Choose one or several calendars: I send nothing on those days. A date of your own can be added later, in "settings".
form-setup-slot-window = The regular slot. Which day suits best for what comes back every week?
form-setup-external-window = What may leave. What does the community agree to show outside? Never a name, in any case.
form-profile-profession-window = What is your role or profession?
form-profile-organisation-window = In which organisation?
form-synthesis-question-window =
    The question of this thread: keep it, or say it otherwise.

    { $before }
form-synthesis-agreed-window = What we agree on, in one line. Nothing like it? Leave it empty.
form-synthesis-open-window = What remains open, in one line. Nothing like it? Leave it empty.
form-synthesis-link-window = The useful link: with whom, and why. Nothing like it? Leave it empty.
form-prompt-answer-text-window =
    { $question }

    Your answer. You will see it again before I publish it in the thread, with your name.
