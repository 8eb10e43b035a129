# The rhythm of current questions: its words, its turns, the preview, the second word.

# --- The rhythm in words.

rhythm-at = { $days } at { $at }
rhythm-until = { $days } at { $at }, until { $until }
rhythm-times =
    { $count ->
        [one] { $days } at { $at }, once
       *[other] { $days } at { $at }, { $count } times
    }
rhythm-day =
    { $every ->
        [1] every day
       *[other] every { $every } days
    }
rhythm-week =
    { $every ->
        [1] every { $days }
        [2] every two weeks on { $days }
       *[other] every { $every } weeks on { $days }
    }
rhythm-business =
    { $every ->
        [1] every working day
       *[other] every { $every } weeks, Monday to Friday
    }
rhythm-month-nth = on the { rhythm-nth } { $days } of { rhythm-months }
rhythm-month-day =
    { $nth ->
        [-1] on the last day of { rhythm-months }
       *[other] on day { $nth } of { rhythm-months }
    }
rhythm-year =
    { $every ->
        [1] every year on { rhythm-day-number } { rhythm-month }
       *[other] every { $every } years on { rhythm-day-number } { rhythm-month }
    }
rhythm-day-number =
    { $nth ->
        [-1] the last day of
       *[other] { $nth }
    }
rhythm-months =
    { $every ->
        [1] the month
       *[other] every { $every } months
    }
rhythm-nth =
    { $nth ->
        [-1] last
        [1] first
        [2] second
        [3] third
        [4] fourth
       *[other] fifth
    }
rhythm-weekday =
    { $n ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }
rhythm-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
rhythm-and = { $head } and { $last }
rhythm-comma = { $head }, { $last }

# --- Setting the rhythm.

rhythm-set = Set: a { WORD("prompt") } **{ $rhythm }**. The next turns:
rhythm-replaced = Changed: a { WORD("prompt") } **{ $rhythm }**. This rhythm replaces the one before. The next turns:
rhythm-now = A { WORD("prompt") } leaves **{ $rhythm }**. The next turns:
rhythm-tag = It is drawn among those tagged #{ $tag }, while any are left.
rhythm-line = - { $when }
rhythm-line-moved = - { $when }: will leave { $leaves } instead. { $why }
rhythm-line-skipped = - { $when }: will be skipped. { $why }
rhythm-caps =
    { $how ->
        [half] The caps that protect members' attention skip every second turn.
       *[other] The caps that protect members' attention skip { $skipped } of the next { $total } turns.
    }
rhythm-preparation = Nothing leaves before the community opens.
rhythm-asleep = Prompts are switched off in the settings: the rhythm sleeps, and goes on with them.
rhythm-none-yet =
    No rhythm is set: nothing leaves without you.

    Say it in your own words: "{ $prefix } prompt schedule "every tuesday 9:30"".
rhythm-none = No rhythm is set: there is nothing to skip or stop.
rhythm-none-left = This rhythm has no turn to come.
rhythm-stopped = The rhythm is stopped. Nothing leaves by itself any more; "prompt post" is there whenever you like.
rhythm-unread =
    I did not understand this rhythm.
    I recognised: { $understood }.
    For example: "{ $prefix } prompt schedule "every tuesday 9:30"", or "first monday of the month 10:00".
rhythm-over = This rhythm would be over already: no turn is to come. For example: "{ $prefix } prompt schedule "every tuesday 9:30"".
rhythm-hours = { $at } is outside the community's hours ({ $from } to { $to }), when nothing leaves. { $near } would do.
rhythm-weekend = Nothing leaves on { $days }: it is no working day here. For example: "{ $prefix } prompt schedule "every tuesday 9:30"".

form-prompt-schedule-title = The rhythm of prompts
form-prompt-schedule-words = Which rhythm? In your own words: "every tuesday 9:30", "every two weeks on thursday 10:00", "first monday of the month 10:00".
form-prompt-schedule-visible = Visible to: the facilitation team · Kept: as long as the community lives.

button-prompt-schedule = The rhythm
button-prompt-schedule-usual = Schedule: { $rhythm }
button-prompt-schedule-change = Change the rhythm
button-prompt-schedule-choose = Choose a rhythm
button-prompt-schedule-stop = Stop the rhythm
button-prompt-skip-due = Skip the next turn

# --- The preview, and what becomes of it.

rhythm-card-planned = Next turn: { $when }.
rhythm-card-previewed = **Coming** · { $when }

    { $title }
    { $question } *({ $code })*
rhythm-silence-wait = During the launch I wait for your yes.
rhythm-silence-leave = Without an answer from you it will leave at that time.
rhythm-card-approved = **Coming** · { $when }

    { $title }
    { $question } *({ $code })*

    It is a yes from { $name }.
rhythm-card-waiting = **Waits for a yes** · due { $when }

    { $title }
    { $question } *({ $code })*

    It will leave as soon as one of you says so.
rhythm-card-lively = **Held back** · due { $when }

    { $title }
    { $question } *({ $code })*

    { $why }
rhythm-card-held = **Held by the team** · due { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-given = **On its way** · due { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-posted = **Posted** · due { $when }

    { $title }
    { $question } *({ $code })*
rhythm-card-skipped = Turn skipped · { $when }
rhythm-card-missed = **Turn missed** · { $when }
    { $why }
rhythm-card-dropped = **Turn dropped** · { $when }
    { $why }

button-prompt-approve = Post as it is
button-prompt-publish = Post now
button-prompt-publish-anyway = Post anyway
button-prompt-replace = Replace
button-prompt-draw-turn = Draw a question
button-prompt-skip = Skip
button-prompt-turn = See the preview

rhythm-undrawn = not drawn yet
rhythm-item-previewed = A { WORD("prompt") } is due to leave { $when }: { $question }
rhythm-item-waiting = A { WORD("prompt") } waits for your yes: { $question }
rhythm-item-lively = A { WORD("prompt") } is held back, the discussion is lively: { $question }
rhythm-item-held = A { WORD("prompt") } is held by the team: { $question }

rhythm-skipped =
    Skipped: { $when }.
    The next one: { $next }.
rhythm-no-other = No other prompt is free for this turn. You can still skip it.
rhythm-planned = { WORD("prompt", first: "upper") }: { $question }
rhythm-relance-once = I will not bring it up again.
rhythm-relance-planned = Second word: { $question }

rhythm-state-planned = This turn is due { $when }.
rhythm-state-previewed = This turn is due { $when }.
rhythm-state-approved = It will leave { $when }.
rhythm-state-waiting = This turn waits for a yes.
rhythm-state-lively = This turn is held back: the discussion is lively.
rhythm-state-held = This turn is held by the team.
rhythm-state-given = This turn is on its way.
rhythm-state-posted = The question has left.
rhythm-state-skipped = This turn is skipped.
rhythm-state-missed = This turn has passed.
rhythm-state-dropped = This turn is dropped.
rhythm-state-replaced = The rhythm has changed since.
rhythm-state-other = Another question took its place: the card shows it.

rhythm-why-lively = Members wrote less than two hours ago: I do not interrupt them.
rhythm-why-missed = I was away at that time. A missed turn is not made up for.
rhythm-why-replaced = The rhythm has changed.
rhythm-why-empty = No prompt is left to post. "prompt add" puts one in the bank.
rhythm-why-off = Prompts are switched off in the settings.
rhythm-why-space = No discussion room is open.
rhythm-why-skipped = The facilitation team skipped it.
rhythm-why-held = The facilitation team holds it.
rhythm-why-waiting = It waits for a yes.
rhythm-why-given = It is on its way.
rhythm-why-posted = The question has left.
rhythm-why-dropped = It is dropped.

month-prompt-turn = { WORD("prompt") }

# --- The second word.

rhythm-nudged =
    The follow-up of **{ $code }** has just left in the thread; there will be no other:
    > { $said }
rhythm-nudged-already = **{ $code }** has already had its follow-up. One for each question: silence is an answer too.
rhythm-nudge-which = Several prompts are open. Which one shall I bring up?
button-prompt-nudge-code = Bring up { $code }
button-prompt-close-code = Close { $code }

# --- Help.

arg-rhythm-words = the rhythm in your own words, such as "every tuesday 9:30"

help-prompt-schedule = sets the rhythm of prompts, shows it or stops it
help-prompt-skip = skips the next turn of the rhythm
help-prompt-nudge = brings a prompt up again in its thread, once only

example-prompt-schedule = { $prefix } prompt schedule "every tuesday 9:30"
example-prompt-nudge = { $prefix } prompt nudge P07

journal-prompt-schedule = set the rhythm of prompts
journal-prompt-schedule-stop = stopped the rhythm of prompts
journal-prompt-nudge = brought a prompt up again

data-why-rhythm = The rhythms of prompts that you set, and the turns that you decided
