# Who sees what, my data, erasing, and not being counted.

privacy-bot = Copain
privacy-platform-slack = Slack
privacy-platform-matrix = Matrix
privacy-platform-terminal = this terminal
privacy-administrator = the organisation that provides { $platform }
privacy-admin-reads-terminal = can read all that is written in this demonstration, including with { $bot }
privacy-unsaid = to be asked of the coordinator
privacy-rewritten = This message was about a person whose data are erased.

who-sees-visitor-member = **The { $n_members } members**: your name, and what you write in the rooms you are in.
who-sees-visitor-animator = **Facilitators** ({ $animators }): also your request to join, if you make one.
who-sees-visitor-coordinator = **The coordinator** ({ $coordinators }): the same, and the decision taken on your request.
who-sees-visitor-server-administrator = **Whoever administers the messaging tool** ({ $platform_admin }): { $admin_reads }; your clicks may remain there. { $bot } itself counts nothing of what you do and does not keep your messages.

who-sees-nameless = **An answer without your name**: the members read it in the thread. { $bot } keeps nowhere whom it comes from; the messaging tool does keep what you wrote to me in private, and a way of writing can be recognised.

my-data-title = **What I keep about you right now**
my-data-none = I keep nothing about you.
my-data-line = - **{ $why }**. Kept: { $kept }. Visible to: { $seen }.
my-data-never = What you write to others is never in this list: I do not keep it.
export-ready = Here is everything I keep about you, in a JSON file. Nobody else receives it.
forget-confirm = **Erase everything, now?** It cannot be undone.

    - **Erased**: your name, your settings, your answers, your reminders. You will no longer be a member.
    - **What stays**: totals without names; in the journal of decisions, the acts without your name.
    - **What I cannot erase**: your messages in { $platform }. You can.
    - **Backup copies** follow within 30 days.
forget-everywhere = This holds for all your communities: { $communities }.
forget-done =
    It is done. Nothing of you is left with me: no name, no account, no setting. Those of my messages that named you are rewritten or taken away.

    Your messages in { $platform } stay there; you can erase them yourself. Backup copies follow within 30 days. If you write to me again, I will not recognise you.
forget-done-here = It is done: everything I kept about you in **{ $community }** is erased. Nothing changes in your other communities.
count-off = Noted: your activity is no longer counted. You remain a member, and nothing else changes.
count-removed =
    { $n ->
        [one] One trace already counted has been erased.
       *[other] { $n } traces already counted have been erased.
    }
count-on = Noted: from now on your activity counts in the totals, without your name.

button-who-sees = Who sees what?
button-my-data = My data
button-export = Send me my data
button-forget = Erase everything
button-forget-yes = Yes, erase everything
button-keep = Change nothing
button-count-me = Count me

help-privacy = shows who sees what, then your data
help-privacy-export = sends you everything I keep about you
help-privacy-forget = erases everything I keep about you, once confirmed
