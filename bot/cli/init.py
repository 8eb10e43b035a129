"""`copain init`: a few questions, then `config.toml` and `.env`.

Each answer is tried as the configuration would be, so that what is written can be started. What
each platform wants to know is in `asked_slack` and `asked_matrix`; `asking` asks.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import config
from bot.cli import asked_matrix, asked_slack
from bot.cli.asked_matrix import LookUp
from bot.cli.asking import Faults, Question, agreed, answered, asked
from bot.cli.env import holds, seal, text_of
from bot.cli.words import Words
from bot.errors import Complaint, ConfigError, Fault
from bot.parsing import fold

PLATFORMS = ("slack", "matrix", "terminal")
_BOTH = ("both", "deux")

FIRST = (
    Question("language", "bot.language"),
    Question("name", "communities.0.name"),
    Question("purpose", "communities.0.purpose", ""),
    Question("timezone", "bot.timezone", "America/Toronto"),
)
COORDINATORS = {
    "slack": asked_slack.COORDINATOR,
    "matrix": asked_matrix.COORDINATOR,
    "terminal": Question("terminal_coordinator", "communities.0.coordinators", "terminal:claire"),
}
LAST = (
    Question("host", "communities.0.host", ""),
    Question("hosting", "communities.0.hosting", ""),
)


def run(path: Path, words: Words, *, look_up: LookUp | None = None) -> int:
    """Asks and writes. Raises Complaint when an answer that is needed does not come."""
    env = path.parent / ".env"
    given = {"COPAIN_SECRET": base64.b64encode(secrets.token_bytes(32)).decode()}
    platforms: tuple[str, ...] = ()
    if path.exists() and not agreed("cli-init-replace", {"file": str(path)}, words):
        print(words.plain("cli-init-kept", {"file": str(path)}))
    else:
        print(words.plain("cli-init-begin"))
        answers, platforms = _answers(words, look_up or asked_matrix.looked_up)
        known = text_of(env)
        if "slack" in platforms:
            given |= asked_slack.tokens(known, words)
        if "matrix" in platforms:
            given |= asked_matrix.login(known, words)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written(answers), "utf-8")
        print(words.plain("cli-init-written", {"file": str(path)}))
    seal(env, given, words)
    _next(env, platforms, words)
    return 0


def written(answers: Mapping[str, str]) -> str:
    """The file `config.toml` for these answers."""
    lines = ["[bot]", _line("language", answers), _line("timezone", answers), ""]
    if "slack_coordinator" in answers:
        lines += ["[slack]", 'mode = "socket"', ""]
    if "matrix_coordinator" in answers:
        told = {**asked_matrix.usual(answers["matrix_coordinator"]), **answers}
        lines += ["[matrix]", _line("homeserver", told), _line("user_id", told), ""]
    lines += ["[[communities]]", f"slug = {_quoted(_slug(answers['name']))}"]
    lines += [_line(name, answers) for name in ("name", "purpose", "host", "hosting")]
    lines += ['holidays = ["CA-QC"]'] if answers["timezone"] == "America/Toronto" else []
    named = [f"{each}_coordinator" for each in PLATFORMS]
    accounts = ", ".join(_quoted(answers[name]) for name in named if name in answers)
    lines += ['state = "preparation"', f"coordinators = [{accounts}]"]
    spaces = list(_spaces(answers))
    lines += ["animators = []", *(["spaces = [", *spaces, "]"] if spaces else ["spaces = []"]), ""]
    return "\n".join(lines)


def _spaces(answers: Mapping[str, str]) -> Iterator[str]:
    for platform, name, use in (
        ("slack", "channels", "discussion"),
        ("slack", "team_channels", "animators"),
        ("matrix", "rooms", "discussion"),
        ("matrix", "team_rooms", "animators"),
    ):
        for space in answers.get(name, "").replace(",", " ").split():
            yield f'  {{platform = "{platform}", id = {_quoted(space)}, use = "{use}"}},'


def _answers(words: Words, look_up: LookUp) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every answer by the name of its question, and the platforms that were chosen."""
    answers = {"language": words.language, "name": "Communauté"}
    answers |= {each.name: each.proposed for each in (*FIRST, *LAST) if each.proposed is not None}
    _ask(FIRST, answers, words)
    platforms = _platforms(words)
    if "slack" in platforms:
        print(words.plain("cli-init-slack-before"))
    _ask([COORDINATORS[each] for each in platforms], answers, words)
    _ask(LAST, answers, words)
    if "slack" in platforms:
        _ask(asked_slack.QUESTIONS, answers, words)
    if "matrix" in platforms:
        questions = asked_matrix.questions(answers, words, look_up, faults=_faults)
        _ask(questions, answers, words)
    return answers, platforms


def _ask(
    questions: tuple[Question, ...] | list[Question], answers: dict[str, str], words: Words
) -> None:
    faults: Faults = _faults
    for question in questions:
        answers[question.name] = answered(question, answers, words, faults=faults)


def _platforms(words: Words) -> tuple[str, ...]:
    """Where the community meets: Slack, Matrix, both, or the terminal."""
    while True:
        given = asked("cli-init-platforms", words, None)
        if given is None:
            raise Complaint("cli-init-missing", {"question": "platforms"})
        said = set(re.findall(r"\w+", fold(given)))
        if said & set(_BOTH):
            said |= {"slack", "matrix"}
        chosen = tuple(each for each in PLATFORMS if each in said)
        if chosen:
            return chosen
        print(words.plain("cli-init-platforms-unclear"))


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


def _next(env: Path, platforms: tuple[str, ...], words: Words) -> None:
    known = text_of(env)
    if "slack" in platforms:
        lacking = [name for _, name in asked_slack.TOKENS if not holds(known, name)]
        if lacking:
            told = {"names": ", ".join(lacking), "file": str(env)}
            print(words.plain("cli-init-slack-later", told))
    if "matrix" in platforms and not any(holds(known, name) for _, name in asked_matrix.LOGINS):
        print(words.plain("cli-init-login-later", {"file": str(env)}))
    chat = [each for each in platforms if each != "terminal"]
    print(words.plain("cli-init-next-chat" if chat else "cli-init-next"))
    for each in chat:
        print(words.plain(f"cli-init-invite-{each}", {"bot": "Copain"}))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "communaute"


def _line(name: str, answers: Mapping[str, str]) -> str:
    return f"{name} = {_quoted(answers[name])}"


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML too, but for the sign DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
