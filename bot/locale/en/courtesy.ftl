# Why a message that Copain meant to send waits, changed its day or will not leave.
# These sentences are read in "pace", after the name of the message.

courtesy-why-scheduled = Planned for that hour.
courtesy-why-window = Messages wait for working hours.
courtesy-why-holiday = That day is a holiday.
courtesy-why-spread = One message at a time: this one takes the next place.
courtesy-why-collision = Another message goes first; there are at least 24 hours between the two.
courtesy-why-expired = It would no longer be useful now.
courtesy-why-untrue = There was nothing left to say about it.

courtesy-why-held = The animators are holding it.
courtesy-why-stopped = This space is stopped: nothing is posted there.
courtesy-why-visitor = Somebody in this space is not a member yet: members' words wait for a decision.
courtesy-why-preparation = The community is still being prepared.
courtesy-why-closed = The community is closed.
courtesy-why-crisis = The community is in crisis mode: only questions go on.
courtesy-why-slow = This is a slow period.
courtesy-why-pause = The person chose a pause.
courtesy-why-muted = The person chose to receive no more messages of this kind.

courtesy-why-posts-day = One message a day in a space, no more.
courtesy-why-posts = The space has had its messages of the week.
courtesy-why-posts-all = The space has had its messages of the week, reminders included.
courtesy-why-prompt = The last { WORD("prompt") } is too recent.
courtesy-why-relance = One follow-up per subject, no more.
courtesy-why-reminder = Two messages per activity in a space, no more.
courtesy-why-private-week = The person has had their private messages of the week.
courtesy-why-private-month = The person has had their private messages of the month.
courtesy-why-tip = One tip a week, no more.
courtesy-why-bundle = Alerts travel in one bundle, and it has left already.
courtesy-why-summary = The summary of the week has left already.
courtesy-why-onboarding = The steps of the welcome are kept apart.
courtesy-why-welcome = One welcome line a day, for everybody.
courtesy-why-helper = The person has had a request for help this week.

courtesy-why-pulse = There are at least 28 days between two pulse surveys.
courtesy-why-pulse-week = A pulse survey and a { WORD("prompt") } do not start in the same week.
courtesy-why-pulse-unshared = The result of the last pulse survey has not been shared yet.
courtesy-why-pulse-year = There have been eight pulse surveys in a year.
courtesy-why-pulse-launch = During launch, pulse surveys wait for weeks 6 and 12.
