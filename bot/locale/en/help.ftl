# Help: one line for each thing one can do.

help-title = **Here is the essential.** No command is required: any word you write me in private opens the home page.
help-all-title = **Everything you can do here**
help-topic-title = **Help** · { $topic }
help-line = - **{ $command }**: { $what }
help-example = For example: `{ $example }`
help-names = You can also write: { $names }
help-visitor =
    Hello! I am the bot of **{ $community }**.

    To come in: choose **Ask to come in**, or write "join". Five questions at most, then a person answers you. Until then I keep nothing but your form.
help-unknown = I have no help about "{ $topic }". Would one of these do: { $suggestions }?
help-two-accounts = An account on Slack and another on Matrix count as two people: I cannot link them yet.
help-help = shows this help; "help" followed by a word explains that word

button-help-all = See everything
example-help = { $prefix } help join
