# What went wrong behind the scenes, told once to somebody who can do something about it.

troubles-undelivered = A message could not be delivered { $where }, after several tries. It will not leave any more. Is the room still there, and am I in it?
troubles-in-private = to a person, in private
troubles-in-space = in "{ $space }"
troubles-parked =
    Something that was due failed several times on my side; I am not trying it any more.
    Reference to give to { $technical }: **{ $reference }**
