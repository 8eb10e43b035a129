# The rehearsal: what would be sent in the coming days, with nothing sent.

cli-rehearse-title = Rehearsal, { $community }: what would be sent from { $from } to { $to }. Nothing is sent.
cli-rehearse-nothing = Nothing is planned: the bot would stay silent.
cli-rehearse-day = { $day }
cli-rehearse-line = { $at } · { $where } · { $what }: "{ $text }"
cli-rehearse-kind = { $at } · { $where } · { $what }
cli-rehearse-drawn = { $at } · { $where } · { $what } (words drawn by then)
cli-rehearse-why = later than planned: { $why }
cli-rehearse-in-space = in { $space }
cli-rehearse-in-thread = in a thread of { $space }
cli-rehearse-in-private = { $role ->
        [coordinator] in private, to coordination ({ $n })
        [animator] in private, to facilitation ({ $n })
        [member] { $n ->
            [one] in private, to one person
           *[other] in private, to { $n } people
        }
       *[other] in private, to somebody who is not a member
    }
cli-rehearse-private = Private messages per member, in the fullest week: { $most } at most, { $median } in the middle ({ $members } members). Cap: { $cap } in { $days } days; the welcome and what somebody asks for do not count.
cli-rehearse-space = In { $space }, in the fullest week: { $week }. Cap: { $cap } in { $days } days.
cli-rehearse-end = People will speak too, and what they say will change what follows. Draws by lot may fall otherwise.
cli-rehearse-far = Rehearsal: day { $day } of { $days }
cli-rehearse-days = The number of days goes from 1 to { $most }.
cli-rehearse-no-database = There is nothing to rehearse yet: { $address } is empty. Start the bot with "copain run" first.
cli-rehearse-no-community = There is no community "{ $slug }" in the database. Known: { $known }.

rehearse-kind-prompt = current question
rehearse-kind-relance = follow-up
rehearse-kind-welcome = welcome
rehearse-kind-welcome-line = word of welcome
rehearse-kind-guide = guide
rehearse-kind-bundle = what waits
rehearse-kind-preview = preview of a question
rehearse-kind-request-card = request to look at
rehearse-kind-charter = charter
rehearse-kind-pace-notice = news of the pace
rehearse-kind-synthesis = summary

help-see-as = shows a month of messages as somebody else would get them
example-see-as = { $prefix } see as night
arg-who = on arrival, at night or in French: "newcomer", "night", "french"

see-as-name = Camille
see-as-choose = **See as…** A month of messages, just as somebody would get them. That person exists for the trial alone: nothing is sent to anybody but you.
see-as-asked = I am rehearsing the coming month. The result arrives here in a moment.
see-as-who-new = somebody who arrives
see-as-who-night = somebody who arrives, and who works at night
see-as-who-en = somebody who arrives, and who reads English
see-as-who-fr = somebody who arrives, and who reads French
see-as-title = **Trial: { $who }.** From { $from } to { $to }. In private: { $private }. In the spaces, for everybody: { $spaces }.
see-as-nothing = They would receive nothing in that time.
see-as-private = *Trial · { $when } · in private*
see-as-space = *Trial · { $when } · in { $space }*
see-as-text = { $text }
see-as-buttons = *Buttons, without effect here: { $buttons }*
see-as-more = And after that:
see-as-more-private = - { $when } · in private: { $words }
see-as-more-space = - { $when } · in { $space }: { $words }
see-as-rest = { $n ->
        [one] And one more message.
       *[other] And { $n } more messages.
    }

button-see-as = See as somebody
button-see-as-new = Somebody who arrives
button-see-as-night = Somebody at night
button-see-as-en = Somebody who reads English
button-see-as-fr = Somebody who reads French
