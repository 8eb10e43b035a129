"""`copain init`: a few questions, then `config.toml` and `.env`.

Each answer is tried as the configuration would be, so that what is written can be started. Answers
may come through a pipe: where they end, what is proposed is taken. A password is typed unseen, and
stands in `.env` alone.
"""

from __future__ import annotations

import asyncio
import base64
import getpass
import json
import re
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import config
from bot.cli.check import told
from bot.cli.words import Words
from bot.errors import Complaint, ConfigError, Fault
from bot.parsing import fold

LookUp = Callable[[str], str | None]
"""The address of the homeserver of `@somebody:server`, given `server`; None when nobody says."""

LOGINS = (("password", "MATRIX_PASSWORD"), ("token", "MATRIX_ACCESS_TOKEN"))


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know: its name, the key of the configuration it fills, and what is proposed."""

    name: str
    key: str
    proposed: str | None = None


QUESTIONS = (
    Question("language", "bot.language"),
    Question("name", "communities.0.name"),
    Question("purpose", "communities.0.purpose", ""),
    Question("timezone", "bot.timezone", "America/Toronto"),
    Question("coordinator", "communities.0.coordinators"),
    Question("host", "communities.0.host", ""),
    Question("hosting", "communities.0.hosting", ""),
)


def run(path: Path, words: Words, *, look_up: LookUp | None = None) -> int:
    """Asks and writes. Raises Complaint when an answer that is needed does not come."""
    env = path.parent / ".env"
    secret = {"COPAIN_SECRET": base64.b64encode(secrets.token_bytes(32)).decode()}
    on_matrix = False
    keep = path.exists() and not _agreed("cli-init-replace", {"file": str(path)}, words)
    if keep:
        print(words.plain("cli-init-kept", {"file": str(path)}))
    else:
        print(words.plain("cli-init-begin"))
        answers = _answers(words, look_up or _looked_up)
        on_matrix = "homeserver" in answers
        if on_matrix and not any(_holds(_text(env), name) for _, name in LOGINS):
            secret |= _login(words)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(answers), "utf-8")
        print(words.plain("cli-init-written", {"file": str(path)}))
    _seal(env, secret, words)
    if on_matrix and not any(_holds(_text(env), name) for _, name in LOGINS):
        print(words.plain("cli-init-login-later", {"file": str(env)}))
    print(words.plain("cli-init-next-matrix" if on_matrix else "cli-init-next"))
    return 0


def written(answers: Mapping[str, str]) -> str:
    """The file `config.toml` for these answers."""
    lines = ["[bot]", _line("language", answers), _line("timezone", answers), ""]
    coordinator = answers["coordinator"]
    if coordinator.startswith("slack:"):
        lines += ["[slack]", 'mode = "socket"', ""]
    if coordinator.startswith("@"):
        told = {**_usual(coordinator), **answers}
        lines += ["[matrix]", _line("homeserver", told), _line("user_id", told), ""]
    lines += ["[[communities]]", f"slug = {_quoted(_slug(answers['name']))}"]
    lines += [_line(name, answers) for name in ("name", "purpose", "host", "hosting")]
    lines += ['holidays = ["CA-QC"]'] if answers["timezone"] == "America/Toronto" else []
    lines += ['state = "preparation"', f"coordinators = [{_quoted(coordinator)}]"]
    rooms = list(_spaces(answers))
    lines += ["animators = []", *(["spaces = [", *rooms, "]"] if rooms else ["spaces = []"]), ""]
    return "\n".join(lines)


def _spaces(answers: Mapping[str, str]) -> Iterator[str]:
    for name, use in (("rooms", "discussion"), ("team_rooms", "animators")):
        for room in answers.get(name, "").replace(",", " ").split():
            yield f'  {{platform = "matrix", id = {_quoted(room)}, use = "{use}"}},'


def _usual(coordinator: str) -> dict[str, str]:
    """Where the bot would be if it lived beside the coordinator, at the address of the name."""
    server = coordinator.partition(":")[2]
    return {"homeserver": f"https://{server}", "user_id": f"@copain:{server}"}


def _answers(words: Words, look_up: LookUp) -> dict[str, str]:
    answers = {
        "language": words.language,
        "name": "Communauté",
        "coordinator": "terminal:claire",
        **{each.name: each.proposed for each in QUESTIONS if each.proposed is not None},
    }
    for question in QUESTIONS:
        answers[question.name] = _answer(question, answers, words)
    if answers["coordinator"].startswith("@"):
        for question in _matrix_questions(answers, words, look_up):
            answers[question.name] = _answer(question, answers, words)
    return answers


def _matrix_questions(
    answers: Mapping[str, str], words: Words, look_up: LookUp
) -> tuple[Question, ...]:
    usual = _usual(answers["coordinator"])
    server = answers["coordinator"].partition(":")[2]
    print(words.plain("cli-init-looking", {"server": server}))
    found = look_up(server)
    if found and not _faults({**answers, "homeserver": found}, "matrix.homeserver"):
        usual["homeserver"] = found
    return (
        Question("homeserver", "matrix.homeserver", usual["homeserver"]),
        Question("user_id", "matrix.user_id", usual["user_id"]),
        Question("rooms", "communities.0.spaces", ""),
        Question("team_rooms", "communities.0.spaces", ""),
    )


def _looked_up(server: str) -> str | None:
    from adapters.matrix.checks import homeserver_of

    return asyncio.run(homeserver_of(server))


def _login(words: Words) -> dict[str, str]:
    """The password of the bot's account, else its token, else nothing."""
    for question, name in LOGINS:
        given = _unseen(words.plain(f"cli-init-{question}"))
        if given:
            return {name: given}
    return {}


def _unseen(prompt: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt} ").strip()
    print(prompt)
    return sys.stdin.readline().strip()


def _answer(question: Question, answers: Mapping[str, str], words: Words) -> str:
    """An answer that the configuration accepts."""
    proposed = words.language if question.name == "language" else question.proposed
    while True:
        given = _asked(f"cli-init-{question.name}", words, proposed)
        if given is None and proposed is None:
            raise Complaint("cli-init-missing", {"question": question.name})
        answer = given or proposed or ""
        faults = _faults({**answers, question.name: answer}, question.key)
        if not faults and (answer or proposed is not None):
            return answer
        for fault in faults:
            key, values = told(fault)
            print(words.plain(key, values))
        if given is None:
            raise Complaint("cli-init-missing", {"question": question.name})


def _asked(key: str, words: Words, proposed: str | None) -> str | None:
    """What was typed, "" for nothing; None at the end of the answers."""
    hint = f" [{proposed}]" if proposed else ""
    print(f"{words.plain(key)}{hint} ", end="", flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(line.strip())
    return line.strip() if line else None


def _agreed(key: str, values: Mapping[str, str], words: Words) -> bool:
    print(words.plain(key, values), end=" ", flush=True)
    given = fold(sys.stdin.readline().strip())
    return given in ("o", "oui", "y", "yes")


def _faults(answers: Mapping[str, str], key: str) -> list[Fault]:
    """What the configuration finds wrong with the answer that fills `key`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.toml"
        path.write_text(written(answers), "utf-8")
        try:
            config.load(path, {})
        except ConfigError as error:
            # A name makes the short name too, and an account the platform's table.
            close = (key, "communities.0.slug", "matrix")
            return [each for each in error.faults if each.key.startswith(close)]
    return []


def _seal(path: Path, given: Mapping[str, str], words: Words) -> None:
    """Adds to `.env` what it does not hold: a COPAIN_SECRET there opens what is sealed already."""
    known = _text(path)
    fresh = {name: value for name, value in given.items() if not _holds(known, name)}
    file = {"file": str(path)}
    if "COPAIN_SECRET" not in fresh:
        print(words.plain("cli-init-secret-kept", file))
    names = ", ".join(fresh)
    if not fresh or (known and not _agreed("cli-init-add", {**file, "names": names}, words)):
        return
    path.touch(mode=0o600)
    path.chmod(0o600)
    before = known if not known or known.endswith("\n") else known + "\n"
    lines = [f"{name}={_in_env(value)}\n" for name, value in fresh.items()]
    path.write_text(before + "".join(lines), "utf-8")
    for name in fresh:
        key = "cli-init-sealed" if name == "COPAIN_SECRET" else "cli-init-secret-added"
        print(words.plain(key, {**file, "name": name}))


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _holds(env: str, name: str) -> bool:
    return bool(re.search(rf"(?m)^\s*(?:export\s+)?{name}\s*=\s*\S", env))


def _in_env(value: str) -> str:
    """A value as python-dotenv reads it back: between apostrophes nothing is special but them."""
    if re.fullmatch(r"[\w+/=.-]+", value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "communaute"


def _line(name: str, answers: Mapping[str, str]) -> str:
    return f"{name} = {_quoted(answers[name])}"


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML too, but for the sign DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
