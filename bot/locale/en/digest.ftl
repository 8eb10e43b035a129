# The members' digest: in private, at each person's hour, or in the room; and after a break.

digest-title = **The { $community } digest**
digest-space-title = **The { $community } digest, for everybody**
digest-synthesis = **Worth keeping** · { $question } → { $kept }
digest-kept = **Worth keeping** · { $kept }
digest-question = **One question, one tap** · { $question }
digest-answered = { $n } people have answered already.
digest-open = **Open as well** · { $question }
digest-button-prompts = The open questions
digest-how = Another day, or not at all: choose **My digest**.
digest-space-how = For you alone, at your hour: choose **My digest**.
digest-space-fortnight = The fortnight's digest, for the whole room.
digest-nothing = Nothing new to sum up for now.
digest-off = There is no private digest in this community. The coordinators can change that in the settings.

digest-page = **A digest of under 120 words**, in private, on the day and at the hour that suit you. When there is nothing to say, I send nothing.
digest-chosen = Noted.
digest-stopped = Noted: I send you no digest any more.
digest-next = **The next one**: { $day }, if there is enough to say.
digest-none = none
digest-every-week = every week, on { $day } at { $at }
digest-every-fortnight = every second week, on { $day } at { $at }
digest-days = Which day suits you?
digest-day-0 = Monday
digest-day-1 = Tuesday
digest-day-2 = Wednesday
digest-day-3 = Thursday
digest-day-4 = Friday
digest-day-5 = Saturday
digest-day-6 = Sunday
digest-hours = At what time, where you are?
digest-hour = { $at }
digest-button-week = A digest every { $day }, { $at }
digest-button-fortnight = Every second { $day }, { $at }
digest-button-none = No digest
me-digest = **Digest**: { $digest }
welcome-kit-digest = **To follow without reading it all**: a digest in private, on the day you choose. "digest" shows it right away.
button-digest = My digest
button-digest-now = Read it now
button-digest-days = Change the day
button-digest-hours = Change the hour
form-digest-hour-title = The hour of your digest
form-digest-hour-at = At what time? For example: "6:30 pm".
form-digest-hour-visible = Visible to: you. Kept: as long as you are a member, then 30 days.
less-digest = The digest comes no more. To take it up again, or choose another day: "me".

return-title = **Welcome back.** What matters from { $community } during your break:
return-title-several = **Welcome back.** What matters from your communities during your break:
return-community = **{ $community }**
return-charter = **The charter has changed**: it is version { $version }. Two minutes to read it.
return-crisis = **Crisis mode**: only questions go on, and that is on purpose.

kind-quiet-week = quiet-week note
kind-space-digest = digest in the room
kind-return-digest = digest after a break
data-why-digest = The day and hour at which you want a digest
help-digest = shows what happened lately, in under 120 words
