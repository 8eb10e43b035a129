# Settings: what coordinators can change in chat, and everybody may read.

settings-title = **The settings of { $community }**
settings-how =
    To change a value: `{ $prefix } settings slot thursday`. To go back to that of the file: `{ $prefix } settings slot default`.
    Everybody may read this page; coordinators can change it. Opening the door to everybody (join) takes two people.
settings-line = - { $label } (`{ $name }`): **{ $value }** · { $kind }, { $default } by default · { $source }
settings-one = Here is this setting:
settings-who = Who can change it: { $who }.
settings-who-one = coordinators
settings-who-two = coordinators, with the yes of a second person of the facilitation team
settings-choices = Possible answers: { $choices }.
settings-example = For example: `{ $prefix } settings { $name } …`
settings-either = { $first } · { $then }

settings-changed = Changed. { $label }: **{ $value }**. Before: { $before }.
settings-same = Nothing to change. { $label }: **{ $value }** already.
settings-unknown = I know no setting called "{ $key }". Write "settings" to see them all.
settings-unknown-near = I know no setting called "{ $key }". Would one of these do: { $near }?

settings-bad-choice = I do not recognise "{ $typed }". Possible answers: { $choices }.
settings-bad-switch = I do not recognise "{ $typed }". Answer "yes" or "no".
settings-bad-number = I need a whole number from { $least } to { $most }; I read "{ $typed }".
settings-bad-time = I read no time in "{ $typed }". For example: 9:30.
settings-bad-hours = I read no working hours in "{ $typed }". For example: 8:30 to 16:30. The days are always Monday to Friday.
settings-bad-zone = I know no time zone called "{ $typed }". For example: { $near }.
settings-bad-holidays = I know no calendar called "{ $typed }". Write { $known }, with dates to add if need be: CA-QC, 2026-09-30. "none" is fine too.
settings-bad-slow = I read no period in "{ $typed }". For example: 24 June to 15 August, 20 December to 5 January. "none" is fine too.
settings-bad-form = I read no questions in "{ $typed }". One to { $most }, with commas between; a ? after those that are optional: profession, organisation, hopes?

settings-join-asked = Opening the door to everybody takes two people. I have asked the facilitation team; it has seven days to say yes. Until then nothing changes.
settings-join-card =
    A proposal by **{ $who }**: open the door of **{ $community }**. Anyone could then become a member without a request, the rooms could be public, and the directory would be closed.

    A second person must agree within seven days. Without an answer nothing changes.
settings-join-done = Agreed, with { $who }: the door of **{ $community }** is now open to everybody.
settings-join-late = The seven days are over; nothing has changed. Coordinators can ask again: "settings join open".
settings-join-same = This answer is for a second person of the facilitation team.
settings-join-alone = Opening the door takes two people, and you are alone for now. Give somebody a role first: "role @name animator".

settings-group-community = **The community**
settings-group-time = **Time**
settings-group-parts = **What is on**
settings-group-digest = **The members' digest**
settings-group-people = **People and their data**
settings-group-words = **The words used here**

settings-source-chat = changed in chat
settings-source-file = read in the file
settings-source-default = never changed

settings-kind-text = text
settings-kind-choice = choice
settings-kind-switch = yes or no
settings-kind-number = number
settings-kind-time = time
settings-kind-hours = hours
settings-kind-zone = time zone
settings-kind-holidays = calendars and dates
settings-kind-slow = periods
settings-kind-form = list of questions

settings-value-unset = nothing
settings-value-none = nothing
settings-value-calendars = those of the calendars
settings-value-mode = as the pace says
settings-value-on = yes
settings-value-off = no
settings-value-fr = French
settings-value-en = English
settings-value-intentional = set up by an organisation
settings-value-spontaneous = born by itself
settings-value-virtual = online
settings-value-private = in private
settings-value-space = in the room
settings-value-week = every week
settings-value-fortnight = every second week
settings-value-mixed = mixed
settings-value-in-person = in person
settings-value-closed = closed, by request
settings-value-open = open
settings-value-figures = figures without names
settings-value-figures-and-stories = figures and stories
settings-value-monday = Monday
settings-value-tuesday = Tuesday
settings-value-wednesday = Wednesday
settings-value-thursday = Thursday
settings-value-friday = Friday
settings-value-saturday = Saturday
settings-value-sunday = Sunday
settings-hours = from { $from } to { $to }
settings-period = from { $from } to { $to }
settings-periods = { $first }, { $then }
settings-day = { $day }
settings-month-1 = { settings-day } January
settings-month-2 = { settings-day } February
settings-month-3 = { settings-day } March
settings-month-4 = { settings-day } April
settings-month-5 = { settings-day } May
settings-month-6 = { settings-day } June
settings-month-7 = { settings-day } July
settings-month-8 = { settings-day } August
settings-month-9 = { settings-day } September
settings-month-10 = { settings-day } October
settings-month-11 = { settings-day } November
settings-month-12 = { settings-day } December

setting-name = title
setting-purpose = purpose
setting-origin = origin
setting-format = format
setting-language = language
setting-join = join
setting-form = form
setting-timezone = time-zone
setting-holidays = holidays
setting-working-hours = hours
setting-slow-periods = slow-periods
setting-slot = slot
setting-summary-day = summary-day
setting-summary-at = summary-time
setting-posts-a-week = posts-a-week
setting-digest-place = digest-place
setting-digest-every = digest-frequency
setting-digest-day = digest-day
setting-digest-at = digest-time
setting-welcome-line = welcome-line
setting-prompts = prompts
setting-pulses = pulses
setting-digest = digest
setting-library = library
setting-directory = directory
setting-nameless = without-my-name
setting-hint = private-word
setting-contacts-privacy = data-contact
setting-contacts-technical = technical-contact
setting-contacts-coach = coach-contact
setting-contacts-appeal = appeal-contact
setting-host = data-host
setting-hosting = hosting
setting-external-report = external-report
setting-words-community = word-community
setting-words-member = word-member
setting-words-animator = word-animator
setting-words-coordinator = word-coordinator
setting-words-prompt = word-prompt
setting-words-question = word-question
setting-words-activity = word-activity
setting-words-document = word-document
setting-words-pulse = word-pulse
setting-words-digest = word-digest
setting-words-summary = word-summary
setting-words-charter = word-charter

button-settings-reset = Back to the file
button-settings-show = See the settings
button-settings-join-yes = Yes, I agree

help-settings = shows the settings of the community; coordinators can change them
example-settings = { $prefix } settings slot thursday
arg-key = the name of the setting
arg-value = the new value
