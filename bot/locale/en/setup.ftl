# The guided set-up: eight questions, then the first month to look at.

setup-later = Whenever you like: the button stays here, and `{ $prefix } setup` takes up where you were. Until then nothing leaves.
setup-saved = Noted. Everything can still be changed, here or in "settings".
setup-change = Which answer would you like to change?
setup-contacts-count = I read { $n } lines. Write a single line, for one and the same person, or four: data, technical, coach, appeal.

form-setup-title = The set-up
form-setup-visible = Visible to: members, in "settings". Kept: as long as the community exists.
form-setup-purpose = **The purpose.** In one sentence: what do your members come for together?
    For now: { $now }
form-setup-origin = **The origin.** Did an organisation set it up, or was it born by itself?
    For now: { $now }
form-setup-format = **The mode.** How do you meet, most of the time?
    For now: { $now }
form-setup-holidays = **The holidays.** Choose one or several calendars: I send nothing on those days. A date of your own can be added later, in "settings".
    For now: { $now }
form-setup-slow = **The slow periods.** When should I be almost silent? For example: 24 June to 15 August, 20 December to 5 January. "none" is fine; "skip" keeps what is there.
    For now: { $now }
form-setup-slot = **The regular slot.** Which day suits best for what comes back every week?
    For now: { $now }
form-setup-contacts = **The contacts.** Whom to write to about data, technical trouble, coaching, and in appeal? One line for one and the same person, or four lines in this order.
    For now: { $now }
form-setup-external = **What may leave.** What does the community agree to show outside? Never a name, in any case.
    For now: { $now }

setup-question-purpose = The purpose
setup-question-origin = The origin
setup-question-format = The mode
setup-question-holidays = The holidays
setup-question-slow = The slow periods
setup-question-slot = The regular slot
setup-question-contacts = The contacts
setup-question-external = What may leave

setup-calendar-ca-qc = Québec
setup-calendar-ca-qc-public = Québec, public sector
setup-calendar-fr = France
setup-calendar-fr-alsace-moselle = Alsace-Moselle

month-title = **The next thirty days.** Messages in the rooms: { $n_space }. Private messages to any one person: { $n_private } at most.
month-empty = **The next thirty days.** Nothing is planned for now: neither in the rooms ({ $n_space }) nor in private ({ $n_private }).

    Messages will come from what you choose: a rhythm of questions, an activity, a pulse survey.
month-space = - { $when } · { $space } · { $what }
month-private = - { $when } · in private, to one person · { $what }
month-turn = - { $when } · { $what }
month-more = … and others still: { $n }.
month-message = a message

button-see-month = See the month

help-setup = asks the eight questions of the set-up
