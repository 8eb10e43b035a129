# Reporting access trouble: two questions, then somebody who can help receives it.

problem-kind-access = Access blocked
problem-kind-link = A link that does not open
problem-kind-network = A network that is too slow
problem-kind-other = Something else

form-problem-title = Report a problem
form-problem-kind = What is in the way?
form-problem-words = In a few words: what did you want to do, and what happened?
form-problem-visible = Visible to: the facilitators and the technical contact · Kept: until 90 days after it is solved

problem-noted =
    Passed on, thank you. Such problems are common from one organisation to the next, and they are not your doing.
    What comes next: { $technical }
problem-enough =
    You already have five open reports; each was received and will get its answer.
    If it is pressing: { $technical }
problem-mine = **Your open reports**
problem-own =
    { $days ->
        [0] { $n }. { $kind }, reported less than one working day ago
        [one] { $n }. { $kind }, for one working day
       *[other] { $n }. { $kind }, for { $days } working days
    }
problem-close-one = { $n } · It is solved
problem-closed = Good. The report is closed; thank you for saying so.
problem-told = Good news: the problem you reported { $at } is solved, according to { $name }. If it comes back, write "problem".
problem-thanks = Thank you. { $name } will know at once.
problem-unknown = This report is no longer open.
problem-is-solved = The problem is solved.

problem-card =
    Problem reported by { $name }: **{ $kind }**
    { $words }
problem-card-solved = **{ $kind }** · reported by { $name }. Solved { $at } ({ $by }).
problem-waiting =
    { $days ->
        [0] **{ $kind }**, reported by { $name } less than one working day ago
        [one] **{ $kind }**, reported by { $name } one working day ago
       *[other] **{ $kind }**, reported by { $name } { $days } working days ago
    }

button-problem = Report a problem
button-problem-new = Report something else
button-problem-see = See the problem
button-problem-solved = It is solved
button-problem-close = It is solved
help-problem = reports blocked access, a link or a network that does not work

data-why-problem = An access problem this person reported
data-why-problem-solved = A problem this person solved for somebody
data-kept-problem = Until 90 days after it is solved
