"""`copain init`: a few questions, then `config.toml` and `.env`.

Each answer is tried as the configuration would be, so that what is written can be started. Answers
may come through a pipe: where they end, what is proposed is taken.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import config
from bot.cli.check import told
from bot.cli.words import Words
from bot.errors import Complaint, ConfigError, Fault
from bot.parsing import fold


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


def run(path: Path, words: Words) -> int:
    """Asks and writes. Raises Complaint when an answer that is needed does not come."""
    keep = path.exists() and not _agreed("cli-init-replace", {"file": str(path)}, words)
    if keep:
        print(words.plain("cli-init-kept", {"file": str(path)}))
    else:
        print(words.plain("cli-init-begin"))
        text = written(_answers(words))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        print(words.plain("cli-init-written", {"file": str(path)}))
    _seal(path.parent / ".env", words)
    print(words.plain("cli-init-next"))
    return 0


def written(answers: Mapping[str, str]) -> str:
    """The file `config.toml` for these answers."""
    lines = ["[bot]", _line("language", answers), _line("timezone", answers), ""]
    coordinator = answers["coordinator"]
    if coordinator.startswith("slack:"):
        lines += ["[slack]", 'mode = "socket"', ""]
    if coordinator.startswith("@"):
        server = coordinator.partition(":")[2]
        lines += ["[matrix]", f"homeserver = {_quoted(f'https://{server}')}"]
        lines += [f"user_id = {_quoted(f'@copain:{server}')}", ""]
    lines += ["[[communities]]", f"slug = {_quoted(_slug(answers['name']))}"]
    lines += [_line(name, answers) for name in ("name", "purpose", "host", "hosting")]
    lines += ['holidays = ["CA-QC"]'] if answers["timezone"] == "America/Toronto" else []
    lines += ['state = "preparation"', f"coordinators = [{_quoted(coordinator)}]"]
    lines += ["animators = []", "spaces = []", ""]
    return "\n".join(lines)


def _answers(words: Words) -> dict[str, str]:
    answers = {
        "language": words.language,
        "name": "Communauté",
        "coordinator": "terminal:claire",
        **{each.name: each.proposed for each in QUESTIONS if each.proposed is not None},
    }
    for question in QUESTIONS:
        answers[question.name] = _answer(question, answers, words)
    return answers


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


def _seal(path: Path, words: Words) -> None:
    """A fresh COPAIN_SECRET, unless there is one: it opens what is sealed already."""
    known = path.read_text("utf-8") if path.exists() else ""
    if re.search(r"(?m)^\s*(?:export\s+)?COPAIN_SECRET\s*=\s*\S", known):
        print(words.plain("cli-init-secret-kept", {"file": str(path)}))
        return
    if known and not _agreed("cli-init-add", {"file": str(path)}, words):
        return
    secret = base64.b64encode(secrets.token_bytes(32)).decode()
    path.touch(mode=0o600)
    path.chmod(0o600)
    before = known if not known or known.endswith("\n") else known + "\n"
    path.write_text(f"{before}COPAIN_SECRET={secret}\n", "utf-8")
    print(words.plain("cli-init-sealed", {"file": str(path)}))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40].strip("-") or "communaute"


def _line(name: str, answers: Mapping[str, str]) -> str:
    return f"{name} = {_quoted(answers[name])}"


def _quoted(text: str) -> str:
    # A string of JSON is one of TOML too, but for the sign DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")
