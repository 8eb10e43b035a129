"""Nothing secret and nothing that people typed is ever in a line of the log."""

import asyncio
import json
import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.chance import SecretChance, SeededChance
from bot.clock import FrozenClock
from bot.errors import Complaint, Rejected, RetryLater
from bot.log import Level, Log, Style, capture_standard_logging, open_log, reference

CLOCK = FrozenClock(datetime(2026, 3, 2, 14, tzinfo=UTC))


def a_log(style: Style = "json", level: Level = "info", secrets: tuple[str, ...] = ()) -> Any:
    stream = StringIO()
    return open_log(stream, CLOCK, style=style, level=level, secrets=secrets), stream


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_line_has_an_instant_a_level_and_an_action() -> None:
    log, stream = a_log()
    log.info("outbox-sent", place="general", tries=2)
    assert lines(stream) == [
        {
            "at": "2026-03-02T14:00:00+00:00",
            "level": "info",
            "action": "outbox-sent",
            "place": "general",
            "tries": 2,
        }
    ]


def test_a_value_may_have_any_name_and_never_replaces_the_action() -> None:
    log, stream = a_log()
    log.info("claimed", event="e1", level="fine", self=1, action="lie", at="never")
    (line,) = lines(stream)
    assert (line["action"], line["level"], line["at"][:4]) == ("claimed", "info", "2026")
    assert (line["event"], line["self"]) == ("e1", 1)


def test_an_action_that_is_a_sentence_is_hidden() -> None:
    log, stream = a_log()
    log.info("Marie wrote: je suis malade")
    assert lines(stream)[0]["action"] == "…"


def test_lines_below_the_level_are_not_written() -> None:
    log, stream = a_log(level="warning")
    log.info("quiet")
    log.debug("quieter")
    log.warning("loud")
    assert [line["action"] for line in lines(stream)] == ["loud"]


def test_bound_values_stand_on_every_line_and_leave_the_first_log_alone() -> None:
    log, stream = a_log()
    log.bind(platform="slack").info("one", n=1)
    log.info("two")
    one, two = lines(stream)
    assert (one["platform"], one["n"]) == ("slack", 1)
    assert "platform" not in two


def test_private_keys_are_hidden_at_any_depth() -> None:
    @dataclass(frozen=True)
    class Parcel:
        place: str
        text: str

    log, stream = a_log()
    log.info("x", parcel=Parcel("general", "coucou"), tree={"a": [{"slack_token": "abcd"}]}, body=1)
    (line,) = lines(stream)
    assert line["parcel"] == {"place": "general", "text": "…"}
    assert line["tree"] == {"a": [{"slack_token": "…"}]}
    assert line["body"] == "…"


def test_configured_secrets_are_hidden_in_values_and_in_names() -> None:
    log, stream = a_log(secrets=("correct horse/battery",))
    log.info("x", url="https://h/?k=correct%20horse%2Fbattery", **{"correct horse/battery": 1})
    assert "horse" not in stream.getvalue()


def test_an_object_of_a_kind_nobody_knows_shows_its_type_only() -> None:
    class Session:
        def __repr__(self) -> str:
            return "Session(xoxb-1, 'je suis malade')"

    log, stream = a_log()
    log.info("x", session=Session(), raw=b"je suis malade", kind=Session)
    (line,) = lines(stream)
    assert line["session"].startswith("<")
    assert "malade" not in stream.getvalue()


def raised(error: BaseException) -> BaseException:
    with pytest.raises(BaseException) as caught:  # noqa: PT011 -- any error, to give it frames
        raise error
    return caught.value


def test_an_error_is_told_by_type_and_frames_with_its_causes() -> None:
    log, stream = a_log()
    try:
        try:
            int("je suis malade")
        except ValueError as first:
            raise KeyError("ma fille aussi") from first
    except KeyError as error:
        log.failure("handler-failed", error, chance=SeededChance(1))
    (line,) = lines(stream)
    told = line["error"]
    assert told["type"] == "KeyError"
    assert re.fullmatch(
        r".*tests/bot/test_log\.py:\d+ test_an_error_is_told_by_type_and_frames_with_its_causes",
        told["frames"][0],
    )
    assert told["cause"]["type"] == "ValueError"
    assert "message" not in told


def test_our_own_safe_errors_keep_their_message() -> None:
    log, stream = a_log()
    log.error("send-failed", error=RetryLater(3))
    log.error("send-failed", error=Rejected("channel_not_found"))
    assert [line["error"]["message"] for line in lines(stream)] == [
        "retry after 3 s",
        "channel_not_found",
    ]


# Long enough, and of characters that no frame, type or instant is made of.
typed = st.text(st.sampled_from('žřěšč ☃\n"\\{}%s'), min_size=6, max_size=60)


@settings(max_examples=60, deadline=None)
@given(typed, st.sampled_from(["json", "human"]))
def test_what_a_person_typed_never_reaches_the_log_through_an_error(
    words: str, style: Style
) -> None:
    assume(len(words.strip()) >= 4 and not words.isascii())
    noted = ValueError(words)
    noted.add_note(words)
    errors: list[BaseException] = [
        raised(noted),
        raised(Complaint("doc-not-found", {"words": words})),
        raised(Rejected(words + " .")),
        raised(ExceptionGroup(words, [RuntimeError(words), OSError(2, words, words)])),
        raised(UnicodeDecodeError("utf-8", words.encode(), 0, 1, words)),
    ]
    errors[0].__cause__ = errors[1]
    log, stream = a_log(style)
    for error in errors:
        log.error("handler-failed", error=error)
        log.failure("handler-failed", error, chance=SeededChance(1))
    for form in (words, json.dumps(words)[1:-1], repr(words)[1:-1]):
        assert form not in stream.getvalue()


def test_a_failure_returns_the_reference_that_its_line_carries() -> None:
    log, stream = a_log()
    told = log.failure("handler-failed", ValueError("x"), chance=SecretChance(), community="epiter")
    (line,) = lines(stream)
    assert line["reference"] == told
    assert line["community"] == "epiter"


def test_a_reference_is_short_readable_and_drawn_from_the_given_chance() -> None:
    told = reference(SeededChance(1, "e"))
    assert re.fullmatch(r"[2-9B-DF-HJKMNP-TV-Z]{3}-[2-9B-DF-HJKMNP-TV-Z]{3}", told)
    assert told == reference(SeededChance(1, "e"))
    assert told != reference(SeededChance(1, "f"))


def test_the_human_style_is_one_line_that_cannot_be_forged() -> None:
    log, stream = a_log("human")
    log.warning("outbox-retry", place="salon général", after=3, name="a\n09:00:00 error \x1b[31mx")
    assert stream.getvalue() == (
        '14:00:00 warning outbox-retry place="salon g\\u00e9n\\u00e9ral" after=3 '
        'name="a\\n09:00:00 error \\u001b[31mx"\n'
    )


def test_the_human_style_shows_where_an_error_came_from() -> None:
    log, stream = a_log("human")
    log.error("handler-failed", error=raised(RetryLater(2)))
    first, title, *frames = stream.getvalue().splitlines()
    assert first.endswith("handler-failed")
    assert title == "    error: bot.errors.RetryLater retry after 2 s"
    assert "test_log.py" in frames[0]


def test_libraries_pass_the_same_door_without_their_sentences() -> None:
    log, stream = a_log()
    with capture_standard_logging(log):
        logging.getLogger("nio").warning("invalid event: {'body': 'je suis malade'}")
        logging.getLogger("slack_bolt").error("no answer to %s", "je suis malade")
        logging.getLogger("nio").info("not worth a line")
    first, second = lines(stream)
    assert (first["action"], first["logger"], first["level"]) == ("library", "nio", "warning")
    assert second["template"] == "no answer to %s"
    assert "malade" not in stream.getvalue()


def test_an_error_that_a_task_lost_is_logged_without_its_words() -> None:
    async def lose() -> None:
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": "je suis malade", "exception": ValueError("aussi")})

    log, stream = a_log()
    with capture_standard_logging(log):
        asyncio.run(lose())
    (line,) = lines(stream)
    assert (line["logger"], line["error"]["type"]) == ("asyncio", "ValueError")
    assert "malade" not in stream.getvalue()
    assert "aussi" not in stream.getvalue()


def test_the_logging_of_the_process_is_given_back() -> None:
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    log: Log = a_log()[0]
    with pytest.raises(RuntimeError), capture_standard_logging(log):
        raise RuntimeError
    assert (root.handlers, root.level) == before
