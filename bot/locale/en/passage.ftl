# Somebody in a closed room whom nobody admitted.

button-passage-ask = Invite to make a request
button-passage-guest = This person is a guest
button-passage-expel = Take out of the room
button-passage-resume = Resume
button-passage-card = See

passage-card = **Passing through** · { $name } ({ $account }) is in { $space } without having made a request.
    Members' words are not repeated there before you decide. Without a decision, I will post nothing there from { $date } on.
passage-asked = **Passing through** · { $name }, in { $space }. An invitation to make a request is on its way, sent by { $by }. The decision is still to be made.
passage-invitation =
    Hello { $name }. You are in { $space }, a room of **{ $community }**: { $purpose }

    People come in by asking: a short form, then an answer from a real person. Nothing obliges you to.
passage-decided-member = ✅ { $name } is now a member. Nothing waits any more in { $space }.
passage-decided-declined = The request of { $name } is declined. For a departure from { $space }, someone still has to say so, then take the account out of the room.
passage-decided-guest = ✅ { $name } is a guest in { $space }, according to { $by }.
passage-decided-expelled = { $name } is no longer in { $space }. Decided by { $by }.
passage-left = { $name } is no longer in { $space }. Nothing to decide.
passage-by-hand = **To do by hand** · I am not allowed to take { $name } out myself.
    Where they still are: { $spaces }
passage-stopped = **I post nothing more in { $space }.** { $name } has been there for three working days, without a request and without a decision.
    Decide below; the room can then resume.
passage-first-decide = A decision about { $name } is still missing. After it, the room can resume.
passage-resumed = ✅ I post in { $space } again. Resumed by { $by }.
passage-goes-on = The room has already resumed.
passage-no-space = The room is no longer followed.
passage-gone = The person is no longer in the room.
passage-todo = { $name } is passing through { $space }
