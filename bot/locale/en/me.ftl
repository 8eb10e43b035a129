# "Me": a person's settings, breaks, hours and profile.

me-visitor =
    You are not a member here, or not yet: I keep almost nothing about you, and you can see what.
me-language = **Language**: { $language }
me-language-fr = Français
me-language-en = English
me-language-choose = In which language shall I write to you?
me-language-changed = Noted. I now write to you in this language: { $language }
me-hours = **Your hours**: { $hours }
me-hours-community = those of the community, { $from } to { $to }
me-hours-own = { $from } to { $to }, { $days }
me-days-working = Monday to Friday
me-days-all = every day
me-day-0 = Monday
me-day-1 = Tuesday
me-day-2 = Wednesday
me-day-3 = Thursday
me-day-4 = Friday
me-day-5 = Saturday
me-day-6 = Sunday
me-zone = **Time zone**: { $zone }. **Holidays**: { $holidays }
me-holidays-ca-qc = Québec
me-holidays-ca-qc-public = Québec, public sector
me-holidays-fr = France
me-holidays-fr-alsace-moselle = Alsace-Moselle
me-nothing = nothing given
me-pause = **Break**: { $pause }
me-pause-none = none
me-pause-day = through { $day }
me-pause-moment = until { $moment }
me-pause-endless = until you say otherwise
me-muted = **Muted messages**: { $kinds }
me-kinds-none = none
me-profile = **Profile**: { $profile }
me-counted =
    { $counted ->
        [yes] **Activity**: counted in the totals, without names
       *[no] **Activity**: not counted
    }
me-greeted =
    { $greeted ->
        [yes] **Welcome line in the room**: yes
       *[no] **Welcome line in the room**: no
    }
me-greeting-changed =
    { $wanted ->
        [yes] Noted: the room's welcome line may name you.
       *[no] Noted: the room's welcome line will not name you.
    }
me-page = **My settings**

button-me = Me
button-greeting-yes = Name me in the welcome
button-greeting-no = Do not name me
button-notifications = Kinds of messages

pace-own = **Your pace.** What you choose here comes before the community's settings.
button-hours-community = The community's hours
button-hours-evening = Evenings, 17:00 to 21:00
button-hours-night = Nights, 20:00 to 22:00
button-hours-other = Other hours
hours-changed = Noted. My private messages come at these hours: { $hours }
hours-unreadable = I did not recognise any hours. For example: "20:00 to 22:00", or "Monday to Thursday 9:00 to 12:00".
form-hours-title = Your hours
form-hours-hours = At what hours may I write to you? For example: "20:00 to 22:00", or "Monday to Thursday 9:00 to 12:00".
form-hours-visible = Visible to: you. Kept: as long as you are a member, then 30 days.

pause-choose =
    Current break: { $pause }

    During a break I write you nothing in private. You can still write to me: I answer. For how long?
pause-begun = Enjoy your break. Nothing more from me in private, { $pause }. You can end it whenever you like.
pause-ended = Welcome back. My messages resume at your hours: { $hours }
pause-none = There was no break. I write to you at your hours: { $hours }
pause-past = This date is already past: { $day }. Choose a date to come, or a length such as "2 weeks".
pause-unreadable = I did not recognise a date. For example: "until 20 March", "2 weeks" or "end".
form-pause-title = Your break
form-pause-until = Until when? A date ("20 March") or a length of time ("10 days").
form-pause-visible = Visible to: you. Kept: as long as you are a member, then 30 days.
button-pause-for-week = One week
button-pause-for-fortnight = Two weeks
button-pause-for-month = One month
button-pause-for-other = Until a date
button-pause-for-endless = No end date
button-pause-end = End my break

notifications-title = **The messages I may write to you of my own accord.** A button mutes a kind or brings it back.
notifications-wanted = **You receive**: { $kinds }
notifications-unwanted = **Muted**: { $kinds }
notifications-always = Answers to what you do, and what the law obliges us to say, always arrive.
notifications-on = Noted: you will receive them again. Kind of message: { $kind }
notifications-off = Noted: I will no longer send this kind of message: { $kind }
less-kind = Muted kind: { $kind }
button-less = Less of this
button-kind-on = ☑ { $kind }
button-kind-off = ☐ { $kind }
button-kind-again = On second thought, yes
kind-pulse-invitation = pulse invitations
kind-pulse-reminder = pulse reminders
kind-newcomer-pulse = first-month pulse
kind-tip = facilitation tips
kind-story-invitation = invitations to tell a story
kind-document-review = reviews of your links
kind-still-useful = yearly question
kind-digest = private digest
kind-private-reminder = activity reminders
kind-helper-offer = questions on your topics
kind-follow-up = follow-up of your questions

profile-changed = Noted. Other members will read: { $profile }
form-profile-title = Your profile
form-profile-name = Which name do you want to show?
form-profile-profession = What is your role or profession? (optional)
form-profile-organisation = In which organisation? (optional)
form-profile-visible = Visible to: members. Kept: as long as you are a member, then 30 days.

help-me = shows your settings and your data, and lets you change them
help-language = changes the language in which I write to you
help-profile = changes your name, profession and organisation
help-notifications = chooses the kinds of messages you receive
help-pause = silences my private messages until a date
example-language = { $prefix } language fr
example-pause = { $prefix } pause until 20 March
arg-language = the language: "fr" or "en"
arg-until = until when, for example "until 20 March" or "end"
