# Asking to come in, and being answered by a real person.

help-join = asks to join the community
help-accept = accepts somebody's request
help-decline = declines a request, with a reason and a second opinion
example-accept = { $prefix } accept @nadia
example-decline = { $prefix } decline @nadia
arg-request = the name of the person who asks to join

button-join = Ask to come in
button-request-accept = Accept
button-request-decline = Decline
button-request-precision = Ask for a detail
button-request-confirm = Confirm: decline
button-request-keep = Do not decline
button-request-uphold = Uphold the decision
button-request-opened = Done
button-request-card = See the request

# The form.
form-join-title = Ask to come in
form-join-visible = Visible to: the facilitation team · Kept: until the decision; if it is not yes, 30 days more.
form-join-name = Which name should be shown?
form-join-profession = What is your role, or your profession?
form-join-organisation = Which organisation do you work in?
form-join-criteria = How does this community touch your work? One sentence is enough.
form-join-hopes = What do you hope to find in it?
form-join-other = { $field }
form-join-supervises-empty = ☐ I supervise people of this community
form-join-supervises-ticked = ☑ I supervise people of this community

form-request-answer-title = Answer the question
form-request-answer-answer = { $question }

form-decline-title = Decline a request
form-decline-visible = Visible to: the person who asks, word for word, and the facilitation team · Kept: 30 days.
form-decline-reason = For what reason? { $name } will read your sentence as it is: say what is missing, never what the person is worth.
form-decline-alternative = Another path to suggest? Another community, another moment, someone to write to.

form-precision-title = Ask for a detail
form-precision-visible = Visible to: the person who asks, word for word, and the facilitation team · Kept: with the request.
form-precision-question = What do you want to know? One question only; { $name } will read it as it is.

# What the person who asks reads.
admission-name-blank = I need a name that can be read aloud: at least one letter or digit.
admission-already-member = You are already a member of **{ $community }**. Good news: there is nothing to ask for.
admission-already-asked = Your request to join **{ $community }**, made on { $asked_on }, is here. An answer is promised by { $date }; no need to ask again.
admission-already-waiting = A request in your name is already waiting for its answer. No need to ask again.
admission-once-a-day = Your last request to join **{ $community }** is less than a day old. Come back tomorrow: one request a day is enough.
admission-which = Which community would you like to join?
admission-own = **Your request** to join { $community }
    Made on { $asked_on }, under the name { $name }
    { $state }
admission-own-waiting = It is waiting for an answer from the facilitation team.
admission-own-accepted = The request is accepted.
admission-own-refused = The request was declined.
admission-own-withdrawn = The request is withdrawn.
admission-withdrawn = Done: your request is withdrawn, and the team knows. The form will be erased on { $date }, or right away if you prefer.
admission-still-waiting = Your request, made on { $asked_on }, is still waiting for an answer. To erase it, withdraw it first.
admission-erased = Erased: I keep nothing of your request any more.
admission-thanks = Thank you, I have passed it on. You will have an answer by { $date }.
admission-silence = Hello { $name }. The team's question was never answered, so your request to join **{ $community }** is closed and the form erased. If the moment comes back, the door stays open.
admission-appealed = Noted: your request will be read again, and nothing is erased until then. Who will read it: { $who }.
admission-upheld =
    Hello { $name }. Your request to join **{ $community }** has been read again, and the answer stays the same. Thank you for your patience.

    You may make another request whenever you like. Your form will be erased on { $erase_date }.
admission-by-hand = The rooms still have to be opened to you. A person will do it: { $who }. I will tell you here.
admission-opened = It is open. You can come in: { $spaces }.
admission-gone = The request is no longer there.

# What the facilitation team reads.
admission-card = **Request to join** · { $name }
    Account: { $account }
admission-answer = **{ $label }**: { $answer }
admission-field-profession = Role or profession
admission-field-organisation = Organisation
admission-field-criteria = Link with the community
admission-field-hopes = Hopes
admission-supervises = ☑ Supervises people of this community
admission-card-question = **Detail asked for**: { $question }
admission-card-answer = **Answer**: { $answer }
admission-card-unanswered = No answer yet.
admission-state-waiting = Answer promised by { $date }.
admission-state-proposed = { $name } proposes to decline; a second opinion is awaited.
admission-state-accepted = ✅ Request accepted by { $name }, { $at }.
admission-state-refused = Request declined by { $name }, { $at }.
admission-state-appealed = Request declined, to be read again: the person asks for a second look.
admission-state-withdrawn = Request withdrawn by the person, { $at }.
admission-card-erased = Request to join erased.
admission-team = the facilitation team
admission-kept = That decision stands.
admission-not-proposed = There is no refusal to look at any more.
admission-second = **Second opinion** · Decline the request of { $name }?
    Proposed by { $by }
    {""}**The reason**: { $reason }
admission-second-asked = Thank you. Somebody else on the team will read it before the answer leaves.
admission-second-needed = The second opinion belongs to somebody other than you. The request waits, nothing has left.
admission-second-ended = **Request of { $name }**
admission-second-kept = **Second opinion** · The request of { $name } is not declined; it still waits for an answer.
admission-appeal-card = **To read again** · { $name } asks for a second look at the refusal.
    {""}**The reason given**: { $reason }
admission-answered = **Detail received** · { $name } answered:
    { $answer }
admission-reminder = The request of { $name }, made on { $asked_on }, has waited for a decision for three working days. I will not bring it up again.
admission-done-accepted = Done: { $name } is one of you.
admission-done-refused = Done: { $name } will receive your reason and the name of the person to write to.
admission-done-asked = It has left: { $name } has your question. The request waits for the answer.
admission-nobody = No request is waiting under the name "{ $name }".
admission-which-one = Several requests go by the name "{ $name }". Which one?
admission-todo = { $name } asks to join, since { $asked_on }
admission-task = **To do by hand** · I am not allowed to invite { $name } myself.
    Rooms to open: { $spaces }
admission-task-done = ✅ Rooms opened to { $name } by { $by }: { $spaces }
admission-opened-state = It is done already, by { $name }.

# Somebody knocks at the door of a room.
knocking-heard = You knocked at the door of **{ $space }**. The way in is to join **{ $community }**: a few questions, then { $join ->
        [open] the door opens
       *[closed] the answer of a real person
    }.
knocking-team = This room belongs to the facilitators of **{ $community }**; I cannot open it for you.
