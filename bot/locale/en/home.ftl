# The home, for those who are not members yet or have not chosen their community.

home-visitor =
    Hello! This is **{ $community }**: { $purpose }

    People join by choice: a short form, then an answer from a real person.
home-elsewhere = Hello! No community is open here yet. Come back soon.

button-home = Open the home page
button-know = What should I know?
button-do = What can I do?
button-who = Who can help me?

help-home = opens the home page, where everything starts
