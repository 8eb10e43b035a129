# The home, for those who are not members yet or have not chosen their community.

home-visitor =
    Hello! This is **{ $community }**: { $purpose }

    People join by choice: a short form, then an answer from a real person.
home-elsewhere = Hello! No community is open here yet. Come back soon.

button-home = Open the home page

help-home = opens the home page, where everything starts

home-doors = **{ $community }** · Which door?

home-door = **{ $door }** { $behind }
home-behind-find-doc = documents
home-behind-next-activities = dates
home-behind-recaps = thread summaries
home-behind-read-charter = the charter
home-behind-cards = fact cards
home-behind-ask = ask a question
home-behind-current-prompt = answer the current question
home-behind-suggest = suggest a topic
home-behind-find-person = people who said yes
home-behind-write-animators = the facilitators
home-behind-problem = a hand with a technical problem

# The person's own page, where the platform has one.
home-page-hello = Hello { $name }. You are in **{ $community }**.
home-page-visitor =
    Hello! This is **{ $community }**.
    { $purpose }

    { $how }
home-page-how = People join by choice: a short form, then an answer from a real person.
home-page-preparation = It is still being prepared. As soon as it opens, you can ask to join from here.
home-page-closed = It is closed for now: nobody can join.
home-page-part = One part of this page cannot be shown for now. The rest is up to date.
