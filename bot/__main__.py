"""The command line, `copain` (contracts §2). Imports late: `copain --help` must be quick [PE-7].

Every failure ends here, in the language of who typed: exit 1 with one line that explains it, 2 for
wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.cli.words import Misused, help_words, language_of
from bot.errors import Complaint, ConfigError

if TYPE_CHECKING:
    from bot.cli.words import Words

MISUSED = 2
INTERRUPTED = 130

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
database = typer.Typer(add_completion=False, rich_markup_mode=None)
app.add_typer(database, name="db")

Config = Annotated[Path, typer.Option("--config", metavar="FILE")]
DEFAULT = Path("config.toml")


@app.command()
def demo(
    *,
    lang: Annotated[Literal["fr", "en"] | None, typer.Option()] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR")] = None,
    script: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
    transcript: Annotated[bool, typer.Option("--transcript")] = False,
    state: Annotated[Literal["preparation", "open", "closed"] | None, typer.Option()] = None,
    config: Annotated[Path | None, typer.Option(metavar="FILE")] = None,
) -> int:
    """The terminal chat."""
    from bot.cli import demo as played

    return played.run(
        played.Options(
            lang=lang,
            data=data,
            script=script,
            json=json,
            transcript=transcript,
            state=state,
            config=config,
        )
    )


@app.command()
def run(config: Config = DEFAULT) -> int:
    """Every platform that the configuration enables."""
    import gc

    # What is imported stays: looking for rubbish among it only costs time. `ready` ends this.
    gc.disable()
    from bot.cli import serve

    return serve.run(config, _words())


@app.command()
def check(config: Config = DEFAULT) -> int:
    """What is right, what deserves a look, what stands in the way."""
    from bot.cli import check as checked
    from bot.clock import SystemClock

    return checked.run(config, _words(), SystemClock().now())


@app.command()
def init(config: Config = DEFAULT) -> int:
    """A few questions, then the two files."""
    from bot.cli import init as asked

    return asked.run(config, _words())


@app.command("rehearse")
def rehearse(
    config: Config = DEFAULT,
    *,
    days: Annotated[int, typer.Option(metavar="N")] = 28,
    json: Annotated[bool, typer.Option("--json")] = False,
    community: Annotated[str | None, typer.Option(metavar="SLUG")] = None,
    data: Annotated[Path | None, typer.Option(metavar="DIR")] = None,
) -> int:
    """What would be sent in the coming days."""
    from bot.cli import rehearse as rehearsed

    return rehearsed.run(
        rehearsed.Options(days=days, json=json, community=community, config=config, data=data)
    )


@app.command("slack-manifest")
def slack_manifest(config: Config = DEFAULT) -> int:
    """What Slack makes an app from."""
    from bot.cli import manifest
    from bot.clock import SystemClock

    return manifest.run(config, _words(), SystemClock().now(), usual=config == DEFAULT)


@app.command("data-map")
def data_map() -> int:
    """Every table that knows a person."""
    from bot.cli import databases

    return databases.data_map(_words())


@app.command()
def backup(
    destination: Annotated[Path, typer.Argument(metavar="DEST")], config: Config = DEFAULT
) -> int:
    """A consistent copy while the bot runs, keys included."""
    from bot.cli import backup as copied
    from bot.clock import SystemClock

    return copied.back_up(destination, config, words=_words(), now=SystemClock().now())


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="SRC")],
    config: Config = DEFAULT,
    *,
    erasures: Annotated[Path | None, typer.Option("--erasures", metavar="FILE")] = None,
) -> int:
    """Into an empty place, verified."""
    from bot.cli import backup as copied
    from bot.clock import SystemClock

    now = SystemClock().now()
    return copied.restore(source, config, erased=erasures, words=_words(), now=now)


@database.command()
def upgrade(config: Config = DEFAULT) -> int:
    """Migrations."""
    from bot.cli import databases

    return databases.upgrade(config, _words())


@database.command()
def current(config: Config = DEFAULT) -> int:
    """Where the migrations stand."""
    from bot.cli import databases

    return databases.current(config, _words())


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit status."""
    # What it writes holds people's data or keys: it is for who runs it, and nobody else.
    before = os.umask(0o077)
    try:
        return _main(arguments)
    finally:
        os.umask(before)


def _main(arguments: Sequence[str] | None) -> int:
    said = help_words(language_of(os.environ))
    command: Any = typer.main.get_command(app)
    _dress(command, "copain", said)
    try:
        return int(command.main(args=arguments, prog_name="copain", standalone_mode=False) or 0)
    except Complaint as complaint:
        _tell(_words().plain(complaint.key, complaint.values))
        return MISUSED if isinstance(complaint, Misused) else 1
    except ConfigError as error:
        return _config_faults(error)
    except BrokenPipeError:
        # Whoever read us has heard enough; the interpreter must not try to tell more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        _tell(_words().plain("cli-fault-file", _file_fault(error)))
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        return _other(error, said)


def _other(error: Exception, said: dict[str, Any]) -> int:
    if getattr(error, "exit_code", 0) == MISUSED:
        _tell(_misused(error, said["errors"]))
        return MISUSED
    stopped = getattr(error, "line", None)
    if stopped is not None and hasattr(error, "fault"):
        fault: Any = error.fault
        words = _words()
        values = {"line": str(stopped), "fault": words.plain(fault.key, fault.values)}
        _tell(words.plain("demo-fault-at-line", values))
        return MISUSED
    from bot.chance import SecretChance
    from bot.clock import SystemClock
    from bot.log import open_log

    log = open_log(sys.stderr, SystemClock(), style="human", level="warning")
    reference = log.failure("command-failed", error, chance=SecretChance())
    _tell(_words().plain("cli-fault-unexpected", {"reference": reference}))
    return 1


def _misused(error: Any, texts: dict[str, str]) -> str:
    """What is wrong with the way a command was typed; Typer's own sentences are English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "copain"
    name, word = "other", ""
    match type(error).__name__:
        case "NoSuchOption":
            name, word = "option", error.option_name
        case "BadParameter" | "BadOptionUsage" | "MissingParameter":
            param = getattr(error, "param", None)
            name, word = "value", param.opts[-1] if param else getattr(error, "option_name", "")
        case _ if context is not None and hasattr(context.command, "commands"):
            # Of an unknown command Typer tells the name in its sentence alone.
            quoted = str(getattr(error, "message", "")).split("'")
            name, word = ("command", quoted[1]) if len(quoted) > 1 else ("none", "")
    return texts[name].format(word=word, command=command)


def _file_fault(error: OSError) -> dict[str, str]:
    reasons = {FileNotFoundError: "missing", PermissionError: "forbidden"}
    return {"file": str(error.filename or ""), "reason": reasons.get(type(error), "other")}


def _config_faults(error: ConfigError) -> int:
    from bot.cli.check import told

    words = _words()
    for fault in error.faults:
        key, values = told(fault)
        _tell(words.plain(key, values))
    return 1


def _dress(command: Any, name: str, said: dict[str, Any]) -> None:
    """Gives a command and its options their words, and help in the reader's language."""
    command.help = command.short_help = said["commands"][name]
    for param in command.params:
        own = f"{name}_{param.name}"
        param.help = said["options"].get(own, said["options"].get(param.name))
    typer_help = command.get_help

    def get_help(context: Any) -> str:
        text = str(typer_help(context))
        for english, own in said["headings"].items():
            text = text.replace(english, own)
        return text

    command.get_help = get_help
    for each, inside in getattr(command, "commands", {}).items():
        _dress(inside, each, said)


def _words() -> Words:
    from bot.cli.words import Words
    from bot.clock import SystemClock

    return Words(language_of(os.environ), now=SystemClock().now())


def _tell(text: str) -> None:
    print(" ".join(text.split("\n")), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
