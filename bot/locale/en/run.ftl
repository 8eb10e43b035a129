# "copain run": what whoever runs Copain reads.

run-no-platform = No platform is on. Add the table [slack] or [matrix] to the configuration; without it, "copain demo" shows everything in the terminal.
run-platform-later = The platform { $platform } comes with a later version; the rest starts.
run-stopped = The platform { $platform } cannot go on. { $fault }
run-unbuilt = The platform { $platform } does not start (reference { $reference }). The details are in the line above.
run-no-page = The health page stays closed: { $address } is taken already, or not allowed. Change [web] in the configuration; the rest runs.
