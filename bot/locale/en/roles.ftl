# Roles, and the journal of what the team does.

roles-given = Done. { $name }, from now on: { $role }. I am writing them a word.
roles-already = Nothing to change. { $name }, already: { $role }.
roles-nobody = I find nobody of that name among the members: { $person }. A role is given to somebody who is a member already.
roles-which = Several people answer to that name: { $person }. Which one?
roles-last-coordinator = Nobody else coordinates **{ $community }**. Give this role to somebody first: "role @name coordinator"; then you can hand over.
roles-coordinator-gone = **No coordinator in sight**: the account of { $name } was closed, and nobody else coordinates **{ $community }**. Everything goes on; somebody has to take over, with the person who looks after the bot.

roles-now-member = Hello { $name }. In **{ $community }** you are a member again, without any other role: nothing is waiting for you. Thank you for what you carried.
roles-now-coordinator =
    Hello { $name }. You now coordinate **{ $community }**, with a team and within your means.

    You can change the settings, give roles and read the journal. I write only when something is waiting, once a day at most.

roles-audit = **The journal of { $community }** · what the team did, newest first
roles-audit-empty = The journal of { $community } is empty: there is nothing to show here.
roles-audit-act = - { $when } · { $by } · { $act }
roles-audit-act-about = - { $when } · { $by } · { $act } · { $about }
roles-audit-act-change = - { $when } · { $by } · { $act } · { $change }
roles-audit-act-about-change = - { $when } · { $by } · { $act } · { $about } · { $change }
roles-audit-change = { $before } → { $after }
roles-audit-bot = Copain

journal-role = gave a role
journal-state = changed the state of the community
journal-setting = changed a setting
journal-join-open-asked = proposed to open the door
journal-space = changed the use of a room
journal-space-public = stopped a room that became public
journal-space-archived = stopped an archived room
journal-space-deleted = noted that a room was deleted
journal-space-resume = resumed a room
journal-take-part = chose "I take part"
journal-existing-ticked = ticked the list
journal-existing-removed = took somebody off the list

button-audit-newer = Newer
button-audit-older = Older

help-role = gives a member a role: animator, coordinator or member
help-audit = shows the journal of what the team did
example-role = { $prefix } role @Marie animator
example-audit = { $prefix } audit 2
arg-person = the name of the person
arg-role = the role: animator, coordinator or member
arg-page = the number of the page

roles-audit-space = { $title } ({ $use })
journal-accept = accepted a request
journal-decline = declined a request
journal-decline-proposed = proposed to decline a request
journal-decline-upheld = upheld a refusal
journal-remove-proposed = proposed to remove somebody
journal-remove = removed somebody
journal-leave = left the community
journal-charter-publish = published the charter
journal-prompt-add = added a prompt
journal-prompt-edit = edited a prompt
journal-prompt-archive = set a prompt aside
journal-prompt-restore = put a prompt back into the bank
journal-prompt-post = posted a prompt
journal-prompt-close = closed a prompt
journal-word-preparation = in preparation
journal-word-open = open
journal-word-closed = closed
journal-word-discussion = discussion
journal-word-announcements = announcements
journal-word-animators = facilitators
journal-word-none = none
journal-word-waiting = waiting
journal-word-refused = refused
journal-word-removed = removed
journal-word-public = public
journal-word-passage = passing through
