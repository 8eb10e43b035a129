# What is wrong in config.toml or in the environment, and how to put it right.
# Each config-fault-X has its config-cure-X; both are given the same values.

# One line for each fault; { $found } is absent when nothing is written.
config-fault-line = { $key } ({ $found }): { $problem } { $cure }
config-fault-line-empty = { $key }: { $problem } { $cure }

config-fault-no-file = This file does not exist.
config-cure-no-file = Make it with "copain init", or name another with --config.
config-fault-unreadable = This file cannot be read.
config-cure-unreadable = Check its permissions, and save it as UTF-8.
config-fault-toml = This is not TOML at line { $line }, column { $column }.
config-cure-toml = Often a quote, a comma or a bracket is missing just before.
config-fault-env = Line { $line } does not read as NAME=value.
config-cure-env = Correct this line, or remove it.

config-fault-unknown = There is no such key here.
config-cure-unknown = { $nearest ->
        [none] The possible keys are: { $allowed }.
       *[other] Did you mean { $nearest }?
    }
config-fault-missing = This key is needed.
config-cure-missing = Add it; config.example.toml shows how.
config-fault-secret = A secret is never written in this file.
config-cure-secret = Take it out, replace it if others have seen it, and put it in .env under one of these names: { $variables }.
config-fault-type = { $expected ->
        [text] A text in quotes is expected.
        [boolean] The word true or false is expected, without quotes.
        [date] A date is expected.
        [list] A list is expected.
       *[table] A table is expected.
    }
config-cure-type = { $expected ->
        [text] For example: "hello".
        [boolean] For example: true.
        [date] For example: 2025-09-08.
        [list] For example: ["a", "b"].
       *[table] See the same key in config.example.toml.
    }
config-fault-choice = This value is not one of the possible ones.
config-cure-choice = { $nearest ->
        [none] Choose: { $allowed }.
       *[other] Did you mean { $nearest }? Possible values: { $allowed }.
    }
config-fault-blank = This text is empty.
config-cure-blank = Write something between the quotes.

config-fault-command = This is no name for a command.
config-cure-command = Use small letters without accents, digits, - or _, for example "copain".
config-fault-zone = There is no such time zone.
config-cure-zone = { $nearest ->
        [none] Use an IANA name, for example America/Toronto or Europe/Paris.
       *[other] Did you mean { $nearest }?
    }
config-fault-database = This is not the address of a supported database.
config-cure-database = It begins with sqlite+aiosqlite:// or postgresql+asyncpg://.
config-fault-proxy = This is not the address of a proxy.
config-cure-proxy = For example http://proxy.example.org:3128, or "" for none.
config-fault-rate = This limit cannot be understood.
config-cure-rate = Write "40/min", or 0 for no limit.
config-fault-url = This is not an address.
config-cure-url = It begins with https://, for example https://matrix.example.org.
config-fault-port = This is not a port number.
config-cure-port = Choose a number from 1 to 65535, without quotes.
config-fault-matrix-user = This is not a Matrix user id.
config-cure-matrix-user = For example @copain:example.org.

config-fault-no-community = No community is described.
config-cure-no-community = Add a table [[communities]]; config.example.toml shows how.
config-fault-slug = This short name cannot be used.
config-cure-slug = Use small letters without accents, digits and hyphens, for example north-health.
config-fault-slug-twice = This short name is taken by { $other }.
config-cure-slug-twice = Give one of the two communities another.
config-fault-holiday = This is neither a known calendar nor a date.
config-cure-holiday = { $nearest ->
        [none] Choose { $allowed }, or write a date such as 2026-09-30.
       *[other] Did you mean { $nearest }? Possible are: { $allowed }, or a date such as 2026-09-30.
    }
config-fault-form-field = This is no name for a field.
config-cure-form-field = Use one word, with ? after it if the answer is optional, for example "criteria?".
config-fault-form-name = The name is always asked first.
config-cure-form-name = Take name out of the list.
config-fault-form-long = The form has { $n } fields; there can be { $most } at most.
config-cure-form-long = Keep those that the decision really needs.
config-fault-form-twice = A field is asked twice.
config-cure-form-twice = Take one of the two out.
config-fault-homeserver = This is not the name of a Matrix server.
config-cure-homeserver = Write what follows the colon of a user id, for example example.org.
config-fault-account = This account cannot be understood.
config-cure-account = Write slack:U012ABC, @claire:example.org or terminal:claire.
config-fault-space-id = This is not the id of a space { $platform ->
        [slack] on Slack
        [matrix] on Matrix
       *[terminal] in the terminal
    }.
config-cure-space-id = { $platform ->
        [slack] It begins with C or G, for example C0123456; Slack shows it at the bottom of the channel's details.
        [matrix] It begins with an exclamation mark, for example !abc:example.org; it stands in the room's advanced settings.
       *[terminal] Use one word, for example general.
    }
config-fault-space-twice = This space already belongs to { $other }.
config-cure-space-twice = A space has one community and one use: take one of the two lines out.
config-fault-time = This time cannot be understood.
config-cure-time = Write it with two digits on each side, for example "09:00".
config-fault-hours = The day ends before it begins.
config-cure-hours = Put the beginning in from and the end in to.
config-fault-word = The word { $word } is empty.
config-cure-word = Write the word of your community, or remove the line.
config-fault-setting = The setting { $setting } has a value of an unexpected kind.
config-cure-setting = Give a text, a number, true, false, a date or a list of texts.

config-fault-seal = This secret does not have the right form.
config-cure-seal = It takes { $n } random bytes, in base64; "copain init" makes one.
config-fault-no-seal = This secret is missing.
config-cure-no-seal = Without it nothing seals the answers to pulses; "copain init" makes one in .env.
config-fault-no-secret = The table [{ $table }] is there, but this secret is missing.
config-cure-no-secret = Put it in .env or in the environment, or take the table [{ $table }] out.
