# The participation charter: reading it, agreeing to it, writing it together.

charter-shown = { $text }
charter-none = There is no charter here yet. The coordinators are preparing it; you will read it as soon as it is published.
charter-other-language = This version does not exist in English yet.
charter-agreed-on = You accepted version { $version } on { $date }. Thank you.
charter-accepted = Thank you. Noted: version { $version }, { $language }, on { $date }. To read it again: "charter".
charter-already = You already accepted version { $version }, on { $date }. Nothing else to do.
charter-newer = A newer version has just been published. Here it is, so that you know what you are saying yes to.
charter-not-now = Of course. The charter waits for you under "charter", when you have two minutes.
charter-new-version = Our charter has changed: here is version { $version }. Two minutes to read, when you can.
charter-in-fr = in French
charter-in-en = in English

charter-question-card = **{ $name }** has a question about the charter before answering:
    { $question }

    A direct reply, from person to person, will do.
charter-question-sent = Your question has gone to the facilitation team. Someone will reply to you directly; the charter can wait.

charter-kit-agreed = **The charter**: you accepted version { $version }.
charter-kit-open = **The charter**: one page, two minutes. It says what stays between us.

# For coordinators
charter-blank =
    { $question }
    { $now }
charter-blank-kept = Real words are needed here: no blank can be published.
charter-blanks-left = { $n ->
        [one] One blank is left to fill before publishing. "charter edit" takes you there.
       *[other] { $n } blanks are left to fill before publishing. "charter edit" takes you there.
    }
charter-no-draft = Nothing is ready to publish yet. Begin with "charter edit": one question per blank, at your own pace.
charter-unchanged = Nothing has changed since version { $version }: there is no new version to publish.
charter-no-such-part = I find no section "{ $part }" to fill. Try the number of a section, for example 4, or a language, for example "French".
charter-draft-kept = It is kept as a draft; nobody else sees it.
charter-preview = { $text }
charter-preview-after = This is what members will read. Nothing is published yet.
charter-preview-old = Note: the text { $language } stays as it was until you revise it.
charter-published = Version { $version } is published { $languages }. I will offer it once to each member, at their next exchange with me. To you as well:
charter-published-minor = Version { $version } is published { $languages }. It is a correction: I ask nobody again.

# What the charter allows beside, when coordinators switch it on and the community reads it.
charter-allows-nameless = **Without my name**: whoever gives the bot an answer may ask that it be published without their name. The bot does not keep whom it comes from, and nobody here tries to find out.
charter-allows-hint = **A private word**: when a message might let someone recognise a person receiving care, the bot may say so to whoever just wrote it, and to nobody else. It keeps only a count a day.
charter-allows-needed = One more step before this works: the charter has to say so, for every member to read. In the next version I will add this to what it says of the bot:
charter-allows-quoted = > { $sentence }
charter-allows-no-charter =
    This works only once the charter says so, and this community has not published its own yet. It will contain this sentence:

    > { $sentence }
charter-allows-already = The charter, version { $version }, says so already: this works as of now.
charter-allows-off = It is off as of now. The sentence will leave the charter in its next version.
charter-allows-not-minor = The charter would say something new: this is no longer a correction. "charter publish" offers it to every member.

charter-reminder = { $text }
charter-reminded = Section { $section } is posted in the room. Next time it will be the one after it.
charter-no-space = This community has no discussion room yet in which to post it.
charter-names = { $names }
charter-is-open = Open
charter-is-closed = Closed
charter-speaks-fr = French
charter-speaks-en = English
charter-quiet = before { $start } and after { $end }, weekends and holidays
charter-write-in-fr = Write it in French too
charter-write-in-en = Write it in English too

button-charter-edit = Write the charter
button-charter-publish = Publish
button-charter-publish-minor = Publish without asking again

help-charter = shows the participation charter
help-charter-accept = accepts the charter
help-charter-edit = prepares the charter, one question per blank; a number opens one section only
help-charter-publish = publishes the new version; each member will see it once
help-charter-publish-minor = publishes a correction and asks nobody again
help-charter-remind = posts a section of the charter in the room
example-charter-edit = { $prefix } charter edit 4
arg-part = the section (a number) or the language

form-charter-question-title = A question about the charter
form-charter-question-question = What is your question about the charter? One sentence is enough.
form-charter-question-visible = Visible to: the facilitation team · Kept: no, I only pass it on

form-charter-title = The charter
form-charter-visible = Visible to: the coordinators, then everyone once the charter is published · Kept: as long as the community exists. You can stop at any time: "charter edit" takes up where you were.
form-charter-community-name = What is the name of the community?
form-charter-review-date = When will the charter be reviewed? For example: Tuesday 8 September 2026.
form-charter-purpose-in-one-sentence = **1. Purpose.** What is this community for? One sentence, with its period.
form-charter-objective-1 = **1. Purpose.** A first objective for this year?
form-charter-objective-2 = **1. Purpose.** A second objective?
form-charter-open-or-closed = **2. Members.** "… community": Open or Closed?
form-charter-criteria = **2. Members.** Which criteria must people meet to join?
form-charter-days = **2. Members.** Within how many working days does a request get an answer? A number.
form-charter-time-per-month = **3. Engagement.** How much time do you aim for each month? For example: one hour.
form-charter-privacy-contact = **4. Confidentiality.** Whom to tell if a mistake happens, and how?
form-charter-signature = **5. Intellectual property.** What we create together is signed…
form-charter-licence = **5. Intellectual property.** … and shared under which licence? For example: CC BY 4.0.
form-charter-animators = **7. Roles.** Who facilitates?
form-charter-coordinator = **7. Roles.** Who coordinates?
form-charter-technical-contact = **7. Roles.** Who helps with technical matters, and how can they be reached?
form-charter-responsibilities = **7. Roles.** Which small responsibilities rotate? For example: taking notes, welcoming people.
form-charter-duration = **7. Roles.** How long does a term last?
form-charter-space = **8. Ways of exchanging.** In which room do you exchange?
form-charter-day = **8. Ways of exchanging.** What is your regular slot?
form-charter-link = **8. Ways of exchanging.** Where is the yearly programme? An address, or a few words.
form-charter-languages = **8. Ways of exchanging.** In which languages?
form-charter-hours = **8. Ways of exchanging.** What are the quiet hours?
form-charter-bot-name = **9. The bot.** Under which name do members know it?
form-charter-host-organisation = **9. The bot.** Which organisation answers for the data?
form-charter-hosting = **9. The bot.** Where are the data hosted?
form-charter-external-report = **10. Evaluation.** "Outside, we communicate…" what?
form-charter-appeal = In a disagreement, whom to talk to after the facilitation team?
