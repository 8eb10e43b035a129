# Alerts to the facilitators: what cannot wait for the tip of the week.

alerts-newcomer =
    { $days ->
        [one] The first message from **{ $name }** has been waiting for a reply for one working day.
       *[other] The first message from **{ $name }** has been waiting for a reply for { $days } working days.
    }
alerts-newcomer-where = You will find it in **{ $space }**: { $name }, { $at }.
alerts-newcomer-answered = Somebody has replied in the meantime. All is well, nothing is waiting here any more.

button-newcomer-message = See the message
