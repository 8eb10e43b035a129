# Rooms: making one a space of the community, freeing it, and what happens when it turns public.

spaces-list = **The rooms of the community.** To add one, or to change its use, write in that room: `{ $prefix } space discussion` (or announcements, animators, none).
spaces-none = No room yet. In the one you want, write `{ $prefix } space discussion` (or announcements, animators).
spaces-line = - { $space }: { $use } · { $state }
spaces-tracked = Done: { $space } now has this use: { $use }.
spaces-same = Nothing to change: { $space } already has this use: { $use }.
spaces-freed = Done: { $space } is no longer a room of the community. I see and post nothing there any more.
spaces-not-one = This room belongs to no community; there is nothing to free.
spaces-say-it-there = Write it in the room itself: `{ $prefix } space discussion`. That way nobody picks the wrong room.

spaces-turned-public = **{ $space } is public**, and people come into the community by request. So I stopped everything there: nothing of **{ $community }** will be posted in it. Once it is private, choose **Resume**.
spaces-private-again = Good news: { $space } is private again. I am waiting for your word to resume there.
spaces-waiting = { $space } is private again and waits for your word to resume.
spaces-archived = { $space } was archived. I post nothing there any more. Should it come back, choose **Resume**.
spaces-deleted = { $space } was deleted. I post nothing there any more; what the community kept is intact.
spaces-resumed = { $space } has resumed, thanks to { $who }.
spaces-running = { $space } was not stopped; there is nothing to resume.
spaces-still-public = { $space } is public, and this community is closed to visits. Make it private first; I post nothing there until then.
spaces-passage-first = Somebody is passing through { $space }. Decide about that person first; the room resumes afterwards.

spaces-use-discussion = discussion
spaces-use-announcements = announcements
spaces-use-animators = facilitation team
spaces-use-none = none
spaces-state-runs = everything works
spaces-state-public = stopped, because it is public
spaces-state-passage = stopped, because somebody is passing through
spaces-state-archived = stopped, because it is archived
spaces-state-deleted = deleted
spaces-resume-one = Resume { $space }

button-space-resume = Resume

help-space = makes the room where it is written a room of the community, or frees it
example-space = { $prefix } space discussion
arg-use = the use of the room: discussion, announcements, animators or none
