# The private hint to whoever just wrote a detail by which somebody might be recognised.

hints-shown = This message may hold a detail by which somebody can be recognised. You can edit or delete it.
hints-aid = In **{ $space }**, I thought I saw { $seen }. It is only an aid: I am wrong at times, and I do not see everything.
hints-less = You would rather not have these? "{ $prefix } notifications" turns them off.
hints-seen-birth = a date of birth
hints-seen-insurance = a health insurance number
hints-seen-record = a record number
hints-seen-initials = initials with an age
hints-seen-age-place = an age with a place
hints-seen-telephone = a telephone number
hints-seen-image = a name in that of a picture
kind-hint = private words about a detail to reread
