# What the bot keeps about people: why, how long, who sees it.
# One line per `Knows` declaration in storage/.

data-map-line = { $table }.{ $column } · { $why } · { $kept } · { $seen }

data-why-person = Your name and settings, to speak to you in your way
data-why-account = Your messaging account, to recognise you
data-why-membership = Your membership and profile
data-why-passage = Your passing through a room, without a request to join
data-why-decided-by = Your decisions about people passing through
data-why-journal = Acts of coordination and facilitation, done by you or about you
data-why-opened-by = That you opened the community
data-why-outbox = My messages to you, and their buttons
data-why-thread = The threads in which I follow you in private
data-why-timer = Your reminders to come
data-why-intent = My messages planned for you, and the date of those that left
data-why-form = Your forms under way, with their drafts
data-why-observation = Your activity in the rooms: who, where, when and of what kind
data-why-charter-agreement = Your agreement to the charter, with its version and date
data-why-charter-published = That you published a version of the charter
data-why-request = Your request to join
data-why-removal = A removal from the community, with its reason
data-why-posting = The current questions you posted
data-why-prompt = The current questions you wrote
data-why-prompt-answer = Your answers to current questions
data-why-synthesis = The summaries you wrote

data-kept-membership = as long as you are a member, then 30 days
data-kept-decision = until the decision, then 30 days
data-kept-journal = thirteen months, then erased; without your name if you leave
data-kept-community = as long as the community; without your name if you leave
data-kept-bot-messages = 90 days at most
data-kept-until-due = until their date
data-kept-draft = 30 days after the last word
data-kept-observation = 215 days
data-kept-request = until the decision, then 30 days
data-kept-prompt-answer = 30 days after the question ends

data-seen-self = you
data-seen-members = members
data-seen-animators = the facilitation team
data-seen-coordinators = the coordinator
data-seen-nobody = nobody
