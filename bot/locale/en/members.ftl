# Members: the list, invitations, and taking somebody out together.

help-members = shows the members, in order of name
help-members-pending = shows the requests that wait, the oldest first
help-members-remove = removes somebody, with a reason and a second opinion
help-invite = prepares an invitation to forward
example-members-remove = { $prefix } members remove @marie
example-invite = { $prefix } invite @nadia
arg-member = the person's name
arg-guest = the name of the person to invite

button-members-page = The next { $n }
button-members-pending = Waiting requests
button-removal-confirm = Confirm the removal
button-removal-keep = Do not remove
button-see-why = See the reason

members-title =
    { $n ->
        [one] **{ $community }** · { $n } member
       *[other] **{ $community }** · { $n } members
    }
members-line = - **{ $name }** · { $what }{ $role ->
        [animator] {" "}· facilitator
        [coordinator] {" "}· coordinator
       *[member] {""}
    }{ $supervises ->
        [yes] {" "}· supervises members
       *[no] {""}
    }
members-line-name = - **{ $name }**{ $role ->
        [animator] {" "}· facilitator
        [coordinator] {" "}· coordinator
       *[member] {""}
    }{ $supervises ->
        [yes] {" "}· supervises members
       *[no] {""}
    }
members-what = { $profession }, { $organisation }
members-none-pending = No request is waiting.
members-pending-title =
    { $n ->
        [one] **One request is waiting.**
       *[other] **{ $n } requests are waiting**, the oldest first.
    }
members-pending-line = { $number }. **{ $name }** ({ $account }) · asked on { $asked_on }, waiting for { $age }

members-an-hour = less than an hour

members-invite-before = Here is a letter to read through, complete between brackets and forward yourself; I send it to nobody. Subject: "{ $subject }"
members-invite-topic = [the topic you share]
members-invite-several = several
members-invite-time = [an hour or two]
members-invite-criteria = [the criteria, in one line]
members-invite-how = write "join" to Copain, in a private message.

form-remove-title = Remove somebody
form-remove-visible = Visible to: the person, word for word, and the facilitation team · Kept: until the decision.
form-remove-reason = For what reason? { $name } will read your sentence as it is, with the name of the person to appeal to.
members-nobody = No member goes by the name "{ $name }".
members-which-one = Several members go by the name "{ $name }". Which one?
members-gone = This person is no longer a member.
members-not-oneself = To leave, write "leave": it is simpler, and no reason is asked.
members-not-above = Removing { $name } belongs to the coordinator; nothing has changed.
members-last-coordinator = { $name } is the only coordinator. Give that role to somebody else first.
members-second = **Second opinion** · Remove { $name } from the community?
    Proposed by { $by }
    {""}**The reason**: { $reason }
members-second-asked = Thank you. Somebody else on the team must confirm; until then { $name } stays a member and knows nothing of it.
members-second-needed = The second opinion belongs to somebody other than you. Nothing has changed.
members-second-removed = **Second opinion** · { $name } is no longer a member. Confirmed by { $by }.
members-second-kept = **Second opinion** · { $name } stays a member. Decided by { $by }.
members-settled = This removal is settled.
members-removed = Done: { $name } is no longer a member and has received your reason.
members-told =
    Hello { $name }. You are no longer part of **{ $community }**.

    {""}**The reason**: { $reason }

    {""}**If it seems inaccurate to you**, write to this person, who will read everything again: { $appeal }
    What I keep about you will be erased in 30 days, with nothing for you to do.
members-todo = Remove { $name }? A second opinion is awaited
