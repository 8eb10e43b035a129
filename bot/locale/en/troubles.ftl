# What went wrong behind the scenes, told once to somebody who can do something about it.

troubles-undelivered = A message could not be delivered { $where }, after several tries. It will not leave any more. Is the room still there, and am I in it?
troubles-door = **To do by hand** · Somebody of the community knocks at the door of { $space }, and I am not allowed to open myself.
troubles-in-private = to a person, in private
troubles-in-space = in "{ $space }"
troubles-parked =
    Something that was due failed several times on my side; I am not trying it any more.
    Reference to give to { $technical }: **{ $reference }**

# An encrypted message whose key the bot did not get.
troubles-unreadable-private =
    I could not read your message: it is encrypted, and its key did not reach me.

    Writing it again is nearly always enough. Otherwise verify your session in the security settings of your app, then write to me once more.
troubles-unreadable-space =
    I could not read a message here: it is encrypted, and its key did not reach me. If it was meant for me, writing it again is nearly always enough.

    For the facilitators: I only read what is written since I have been in the room. If it happens again, verifying the session of the person who writes often mends it. I will not repeat this here.
