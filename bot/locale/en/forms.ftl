# Forms in a window, where the platform has those.

button-form-open = Fill it in here
button-form-window = Open the form
forms-window-late = "{ $form }": the window had no time to open. It opens from here, whenever you like.
forms-window-send = Send
forms-window-close = Close
forms-window-required = An answer is missing here.
forms-window-choice = Choose among the answers offered.
forms-window-gone = This form waits for no answer any more: it was sent or cancelled in the meantime. Nothing else has changed.
forms-window-failed = Something went wrong on my side, and I am sorry. Nothing is lost: send it again in a moment. If it comes back, give this reference to the technical contact: { $reference }
