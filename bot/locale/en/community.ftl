# The states of a community, the choice among several, and the people who were there before the bot.

community-bot = Copain

community-opened = It is open. **{ $community }** begins today, and so do its twelve weeks of launch. Thank you for taking the time to prepare.
community-opened-team = **It is open**: { $who } has just opened { $community }. I introduced myself in the discussion rooms. People who choose **I take part** will be waiting for you in "What is waiting".
community-reopened = Hello everyone. { $who } has reopened **{ $community }**: I take up where we were.
community-reopened-team = **It is open again**: { $who } has just reopened { $community }. Everything takes up where we were.
community-open-again = It is open again. **{ $community }** takes up where it was; nothing that was suspended is sent after the fact.
community-already-open = **{ $community }** is open already; nothing has changed.
community-already-closed = **{ $community }** is closed already; nothing has changed.
community-someone-first = Somebody changed the state of **{ $community }** just before you. Write "community" to see where it stands.
community-no-space = A room is still missing. In the one where people will talk, write `{ $prefix } space discussion`; then I can open.

community-close-confirm =
    Close **{ $community }**? I will say goodbye once in the rooms, then fall silent.

    What it knows stays readable, everyone can still receive and erase their data, and **open** is enough to begin again.
community-closed = **{ $community }** is closed. All it knows stays readable. To begin again one day, write "open".
community-farewell =
    { $who } has just closed the community **{ $community }**. Thank you for everything you shared in it.

    I will post nothing more here. In private you can still read what we kept, receive your data or erase them. A question: { $contact }

community-which = You belong to several communities. Which one is it about? I will remember; "community" changes it.
community-which-now = We are talking about **{ $community }**. Which one would you like to talk about now?
community-chosen = Noted: we are talking about **{ $community }**. To change, write "community".
community-unknown = I cannot find "{ $typed }" among your communities: { $names }.

community-about =
    You are in **{ $community }**.
    { $purpose }
community-state-preparation = It is **in preparation**: nothing leaves before somebody chooses **Open**.
community-state-open = It is **open**.
community-state-closed = It is **closed**: what it knows stays readable, and nothing new begins there.
community-since = Since { $day }.
community-role = Your role: { $role }.

community-page = **My communities.** This page is about **{ $community }**. Choose another one: the page follows.
community-page-none = Hello! Several communities live here: { $names }. You do not belong to any of them yet, and people join by choice.

button-open = Open
button-community-close = Close the community
button-community-close-yes = Yes, close
button-community-keep = No, keep it open
button-community-which = Choose the community

existing-waiting = People who chose "I take part": { $n }. The list is to be ticked once.
existing-list = **Who belongs here?** These people were in a room before me and chose "I take part". They are members already; tick the list, or touch a name.
existing-line = - { $name }
existing-none = The whole list is ticked. Thank you.
existing-one = { $name } chose "I take part". Does this person belong here?
existing-ticked = Ticked. In the list: { $n }.
existing-ticked-one = Ticked: { $name } belongs here.
existing-removed = Done: { $name } is no longer a member. I am writing to them with care, saying whom to talk to if it is a mistake.
existing-done = Somebody has seen to it already. Thank you all the same.
existing-not-one =
    Hello { $name }. You had chosen "I take part" in **{ $community }**. The facilitation team read the list again and did not recognise you as a member: your participation is no longer counted.

    It may be a mistake. To talk about it with a person: { $contact }. You can also ask to join.
existing-by-request = One now enters **{ $community }** by a short request: five questions at most, then the answer of a real person.

button-existing-list = See the list
button-existing-all = Everybody belongs here
button-existing-tick = Yes
button-existing-not-one = No, not from here

help-open = opens the community, when everything is ready
help-close-community = closes the community, after a yes
help-community = says which community we are talking about, and changes it
example-community = { $prefix } community Northern Network
arg-community = the name of the community
