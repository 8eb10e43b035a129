# The pace: the mode and its reason, the caps, what waits, what is to come; crisis and brake.

pace-title = **The pace of the community { $community }**
pace-now-preparing = **Mode**: launch, from the opening on.
pace-now-launch =
    { $n ->
        [one] **Mode**: launch, until { $day }. This is the last week.
       *[other] **Mode**: launch, until { $day }, { $n } more weeks.
    }
pace-now-cruise = **Mode**: cruise, the usual pace.
pace-now-slow = **Mode**: slow, until the facilitation team ends it.
pace-now-slow-until = **Mode**: slow, through { $day }.
pace-now-calendar = **Mode**: slow, from { $start } to { $end }. This is a slow period of the calendar.
pace-now-crisis = **Mode**: crisis, since { $since }. Only questions go on.
pace-brake = **Brake**: until { $day } I send half as many messages. Members said it was too much; the brake comes off by itself, on that day.
pace-busy = **Busy period**: through { $day } I send half as many messages.
pace-mode-launch = launch
pace-mode-cruise = cruise
pace-mode-slow = slow
pace-mode-crisis = crisis

pace-caps-space = **In a room**: 1 message a day at most, { $n } in { $days } days, of which { $prompts } { WORD("prompt") } in { $every } days.
pace-caps-space-quiet =
    { $n ->
        [one] **In a room**: one message in { $days } days at most, and no { WORD("prompt") }.
       *[other] **In a room**: { $n } messages in { $days } days at most, and no { WORD("prompt") }.
    }
pace-caps-space-none = **In the rooms**: questions, their answers and cancellations, nothing else.
pace-caps-person = **To one person, in private**: { $n } in { $days } days and { $more } in { $longer } days at most. Answers, and what they asked for, do not count.
pace-caps-person-none = **In private**: only answers, and what the person asked for.

pace-waiting = **What waits**
pace-waits = - { $what } · { $space }. { $why }
pace-waits-until = - { $what } · { $space } · { $when }. { $why }
pace-waits-private =
    { $n ->
        [one] - { $what } · in private, to one person. { $why }
       *[other] - { $what } · in private, to { $n } people. { $why }
    }
pace-lately = **In the last fourteen days**, what did not leave as planned
pace-became-moved = - { $what } · { $where } · { $ended } instead of { $meant }. { $why }
pace-became-moved-today = - { $what } · { $where } · { $ended }, a little later. { $why }
pace-became-merged = - { $what } · { $where } · { $ended }. { $why }
pace-became-dropped = - { $what } · { $where } · { $meant }, not sent. { $why }
pace-in-private =
    { $n ->
        [one] in private, to one person
       *[other] in private, to { $n } people
    }
pace-why-merged = Joined with another message, to make only one.
pace-why-void = It was no longer true.
pace-why-dropped = The facilitation team dropped it.
pace-more =
    { $n ->
        [one] and one other
       *[other] and { $n } others
    }
pace-unrolling = I am unrolling the next thirty days: the list comes in a moment.

pace-posts =
    { $n ->
        [one] **The next thirty days** · one post in the rooms, if nothing changes
       *[other] **The next thirty days** · { $n } posts in the rooms, if nothing changes
    }
pace-posts-none = **The next thirty days** · no post planned in the rooms.
pace-post =
    { $n }. **{ $when }** · { $what } · { $where }
    {"   "}{ $text }
    {"   "}{ $note }
pace-post-text = "{ $text }"
pace-post-drawn = Drawn the working day before.
pace-post-quiet = Only if few people have answered by then.
pace-post-held = Held by the facilitation team.
pace-post-asks = Waits for your yes.
pace-where-discussion = discussion rooms
pace-private-load =
    { $n ->
        [0] In private: nothing of my own accord.
        [one] In private: one message at most to any one person in seven days.
       *[other] In private: { $n } messages at most to any one person in seven days.
    }
pace-known = I could not unroll the month. Here is what is known already.
pace-posts-how = Holding keeps a post waiting; dropping cancels it for good. Also: "{ $prefix } pace hold { $n }".
pace-no-list = I have no list for you yet. Write "{ $prefix } pace": each post will have its number.
pace-no-number = Your list goes from 1 to { $n }: I do not find { $number } there.
pace-too-soon = That one depends on what happens until then: there is nothing to hold yet. It will have its buttons when its turn comes near.
pace-decided = That is decided already: it has left, somebody dropped it, or it is in that state already. Nothing has changed.
pace-held = It is held. Nothing leaves until somebody releases it.
pace-released = It is released. The post takes its turn again, at the first free place.
pace-dropped = It is dropped: it will not leave.

pace-set = Done. Mode: { $mode }. I say so in the rooms, within working hours.
pace-set-slow = Done. Mode: slow, until somebody ends it. I say so in the rooms, within working hours.
pace-set-slow-until = Done. Mode: slow, through { $day }. I say so in the rooms, within working hours.
pace-calendar-slow = The calendar itself stays slow through { $day }; this mode takes over then. Slow periods are changed in the settings.
pace-already = That is the mode already: { $mode }.
pace-not-slow = Nobody chose the slow mode: there is nothing to end. The calendar's slow periods are changed in the settings.
pace-someone-first = Somebody has just changed the mode, right before you. Open the pace to see where it stands.
pace-in-crisis = The community is in crisis. First write "{ $prefix } crisis end"; the mode before it resumes.
pace-launch-over = Launch lasts twelve weeks, and it ended on { $day }. Cruise and the slow mode remain possible.
pace-next-later = not set yet
pace-slow-begun = **Slow period, from today on.** One message every two weeks at most, no pulse, no current question, until the facilitation team ends it.

    Documents and the home page remain, and your questions are always welcome.
pace-cruise-begun = **Cruising pace.** I write less often than during launch: two messages a week at most in a room. Your questions are welcome at any time.
pace-launch-begun = **Launch pace.** I write a little more often while the community gathers speed: four messages a week at most in a room. Too much? Choose your own pace in "me".
why-pace-notice = The pace of my messages is changing; you should know.

crisis-confirm = **Switch to crisis mode?** In every room of { $community }, from now on:
    - current questions, pulses, tips and reminders stop, and what was waiting will not be sent later;
    - members' questions stay open and followed;
    - a message says so at once, whatever the hour.

    You end it whenever you want. In fourteen days I will ask you how things stand.
crisis-on = **The community is in crisis** since { $since }. Only questions go on. The pace before it resumes as soon as you say so.
crisis-begun =
    { $n ->
        [0] Crisis mode is announced. Nothing else was waiting.
        [one] Crisis mode is announced. One message that was waiting will not leave.
       *[other] Crisis mode is announced. { $n } messages that were waiting will not leave.
    }
crisis-already = Somebody was there before you: the community is in crisis since { $since }. It is announced.
crisis-none = The community is not in crisis: there is nothing to end. "{ $prefix } pace" shows how it stands.
crisis-over = The crisis is over, and I announced it. Mode: { $mode }. Nothing that was suspended will be sent.
crisis-team = **Crisis mode**, switched on by { $who }. It is announced in the rooms; only questions go on.
crisis-team-over = **End of crisis mode**, by { $who }. It is announced in the rooms, and the pace before it resumes.
crisis-still = Crisis mode has lasted { $days } days. Is it still the right pace? Nothing changes until you choose.
crisis-kept = Noted: crisis mode goes on. I will ask again in fourteen days.
crisis-kept-card = Crisis mode goes on: { $who } confirmed it.

button-pace-page = See the pace
button-pace-own = My own pace
button-pace-resume = End the slow period
button-pace-mode-slow = Switch to slow
button-pace-mode-cruise = Switch to cruise
button-pace-lately = See more
button-pace-posts =
    { $n ->
        [one] See the next one
       *[other] See the next { $n }
    }
button-pace-release = Release
button-pace-drop = Drop
button-crisis = Crisis mode
button-crisis-begin = Yes, crisis mode
button-crisis-not-now = No, not now
button-crisis-end = End the crisis
pace-button-hold = { $n } · Hold
pace-button-release = { $n } · Release
pace-button-drop = { $n } · Drop

kind-prompt = { WORD("prompt") }
kind-relance = follow-up of a question
kind-question-relance = follow-up of a member's question
kind-pulse = pulse survey
kind-activity-announcement = activity announcement
kind-activity-reminder = activity reminder
kind-charter-version = new version of the charter
kind-guide = welcome guide
kind-guide-again = guide, once more
kind-charter-again = charter, once more
kind-welcome-line = welcome line
kind-request-card = request to join
kind-card = card for the team
kind-request-reminder = reminder of a request
kind-alert = alert for the team
kind-bundle = the team's morning message
kind-summary = weekly summary
kind-preview = preview for the team
kind-responsibility = accepted task
kind-host-reminder = reminder to an activity's host
kind-first-words = first words to the team
kind-question = a member's question
kind-answer = a member's answer
kind-synthesis = thread summary
kind-recap = activity recap
kind-story = story
kind-results = results of a pulse
kind-decision = answer to a request
kind-question-back = detail asked for
kind-waiting-update = news of a request
kind-activity-change = change of an activity
kind-cancellation = cancellation
kind-pace-notice = change of pace
kind-legal = notice the law demands
kind-incident = notice of an incident
kind-farewell = farewell

journal-mode = changed the mode
journal-crisis = switched to crisis mode
journal-crisis-end = ended the crisis
journal-crisis-kept = prolonged crisis mode
journal-brake = put on the brake, as members asked
journal-brake-end = took off the brake
journal-pace-hold = held a post
journal-pace-release = released a post
journal-pace-drop = dropped a post

setting-busy-periods = busy-periods

help-pace = shows your pace; to the facilitation team, the community's and the month to come
help-pace-launch = switches to the launch pace
help-pace-cruise = switches to the cruising pace
help-pace-slow = switches to slow, until a date or until further notice
help-pace-hold = holds a post of the pace's list
help-pace-release = releases a post that was held
help-pace-drop = drops a post of the pace's list
help-crisis = stops everything but questions
help-crisis-end = ends the crisis
example-pace-slow = { $prefix } pace slow until 15 August
example-pace-hold = { $prefix } pace hold 3
example-pace-release = { $prefix } pace release 3
example-pace-drop = { $prefix } pace drop 3
arg-pace-until = until when, for example "until 15 August"; "end" to resume
arg-pace-number = the number of the post in the pace's list
