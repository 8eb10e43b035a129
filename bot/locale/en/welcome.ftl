# Welcoming somebody who arrives: the guide, the kit, and what stops when asked.

welcome-guide =
    { $name ->
        [G1] **Step { $step } of { $of } · Finding everything**
        [G2] **Step { $step } of { $of } · Asking**
       *[G3] **Step { $step } of { $of } · Choosing your pace**
    }

    { $text }
welcome-later = All right. I will offer you the guide another time, on { $date }. Until then it is under "welcome".
welcome-later-ends = Noted: I will not mention the guide or the rest of the welcome again. Everything stays under "welcome".
why-guide-again = You had chosen "Later": here is the guide, one last time.

welcome-kit = **Welcome to { $community }**
welcome-kit-purpose = **What brings us together**: { $purpose }
welcome-kit-who-sees = **Who sees what**: I never keep your exchanges, and nothing about you goes to your employer. { $host } is responsible for the data.
welcome-kit-ask = **To ask**: one sentence is enough, in the room or here, in private. Speak of practice, never of a person who could be recognised.
welcome-kit-quiet = **To be left in peace**: "me" sets your hours and how many messages you get; "pause" stops everything until a date. Reading without writing is a way of taking part.

welcome-depart = "Depart" can mean two things: would you like to leave the community, or to read the welcome again?

button-guide = Open the guide
button-welcome = Read the welcome again
button-welcome-unnamed = Do not greet me in public

help-welcome = gives the welcome again: the purpose, the charter, who sees what, how to ask
help-depart = asks whether you wish to leave or to read the welcome again
