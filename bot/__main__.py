"""The command line, `copain` (contracts §2). Imports late: `copain --help` must be quick."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def copain() -> None:
    """Copain."""


@app.command()
def demo(
    lang: Annotated[str, typer.Option()] = "fr",
    data: Annotated[Optional[Path], typer.Option()] = None,
    script: Annotated[Optional[Path], typer.Option()] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
    transcript: Annotated[bool, typer.Option("--transcript")] = False,
    state: Annotated[Optional[str], typer.Option()] = None,
    config: Annotated[Optional[Path], typer.Option()] = None,
) -> None:
    from bot import app as program

    raise typer.Exit(
        program.demo(
            lang=lang,
            data=data,
            script=script,
            json=json,
            transcript=transcript,
            state=state,
            config=config,
        )
    )


def main() -> None:
    """Runs the command line."""
    app()


if __name__ == "__main__":
    sys.exit(main())
