"""Every text exists in every language, is well set, and is said by somebody.

The code is read, not run: a text key is a literal given to one of the calls below, or an f-string
whose constant beginning stands for every key that begins so.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

from bot.content import Content
from bot.messages import Button
from bot.refusals import OFFERS
from bot.texts import Texts, Voice
from bot.typography import Region, french
from bot.values import Value

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "bot" / "locale"
LANGUAGES = ("en", "fr")
REGIONS: tuple[Region, ...] = ("CA", "FR")
SAMPLES: tuple[Value, ...] = ("x", 0, 1, 2)
FOLDERS = ("bot", "commands", "adapters", "scheduler", "storage")

# Call -> the place of its text key among the positional arguments, and the keywords of keys.
KEYED: dict[str, tuple[int | None, tuple[str, ...]]] = {
    "Say": (0, ("key",)),
    "say": (0, ("key",)),
    "Line": (0, ("key",)),
    "Edit": (1, ("key",)),
    "Button": (None, ("label",)),
    "Complaint": (0, ("key",)),
    "Key": (0, ("key",)),
    "Field": (None, ("label", "hint", "question", "key")),
    "render": (0, ("key",)),
    "label": (0, ("key",)),
}
# Texts that belong to the words of a sentence, not to a call: WORD("x"), list joiners, yes and no.
SPOKEN_BY_THE_CATALOGUE = re.compile(r"word-.+|list-(?:and|or)|yes|no|role-.+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A key, or the beginning of one, as the code writes it."""

    text: str
    whole: bool
    where: str


@pytest.fixture(scope="module")
def texts() -> Texts:
    """The program's texts."""
    return Texts.load()


def test_french_and_english_have_the_same_keys(texts: Texts) -> None:
    fr, en = texts.fluent_keys("fr"), texts.fluent_keys("en")
    assert sorted(fr - en) == [], "missing in English"
    assert sorted(en - fr) == [], "missing in French"


def test_french_and_english_need_the_same_values(texts: Texts) -> None:
    differing = {
        key: (sorted(texts.placeholders(key, "fr")), sorted(texts.placeholders(key, "en")))
        for key in texts.keys("fr") & texts.keys("en")
        if texts.placeholders(key, "fr") != texts.placeholders(key, "en")
    }
    assert differing == {}


@pytest.mark.parametrize("path", sorted(LOCALE.glob("*/*.ftl")), ids=lambda p: p.parent.name)
def test_a_fluent_file_is_understood_to_its_last_line(path: Path) -> None:
    found = FluentParser(with_spans=False).parse(path.read_text("utf-8"))
    assert [one.content for one in found.body if isinstance(one, ftl.Junk)] == []
    named = [one.id.name for one in found.body if isinstance(one, ftl.Message | ftl.Term)]
    catalogue = Texts.load().fluent_keys(path.parent.name)
    assert [name for name in named if name not in catalogue and not name.startswith("-")] == []


def test_every_language_has_the_same_files() -> None:
    files = {lang: {path.name for path in (LOCALE / lang).glob("*.ftl")} for lang in LANGUAGES}
    assert files["fr"] == files["en"]


def test_a_message_refers_only_to_what_exists(texts: Texts) -> None:
    for language in LANGUAGES:
        for path in sorted((LOCALE / language).glob("*.ftl")):
            source = re.sub(r"(?m)^#.*$", "", path.read_text("utf-8"))
            named = set(re.findall(r"\{\s*([a-z][\w-]*)\s*\}", source))
            words = {f"word-{name}" for name in re.findall(r'WORD\("([^"]+)"', source)}
            assert sorted((named | words) - texts.fluent_keys(language)) == [], path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_said_whole(texts: Texts, language: str) -> None:
    for region in REGIONS:
        voice = Voice(language, zone=ZoneInfo("UTC"), today=date(2026, 3, 2), region=region)
        for key in sorted(texts.keys(language)):
            for sample in SAMPLES:
                values = dict.fromkeys(texts.placeholders(key, language), sample)
                said = texts.render(key, values, voice)
                assert said, key
                assert not re.search(r"[\ue000\ue001]|\{\w+\}", said), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_button_is_cut_to_fit(texts: Texts, language: str) -> None:
    voice = Voice(language, zone=ZoneInfo("UTC"), today=date(2026, 3, 2))
    for key in sorted(texts.keys(language)):
        if re.search(r"(?:^|-)button-", key):
            values = dict.fromkeys(texts.placeholders(key, language), "x")
            assert not texts.label(key, values, voice).endswith("…"), key


def test_no_fluent_key_hides_a_supplied_text(texts: Texts) -> None:
    assert sorted(texts.fluent_keys("fr") & Content().keys()) == []


def test_every_key_in_the_code_has_its_text(texts: Texts) -> None:
    known = texts.keys("fr")
    unknown = [
        f"{mention.where}: {mention.text}"
        for mention in _mentions()
        if (mention.whole and mention.text not in known)
        or (not mention.whole and not any(key.startswith(mention.text) for key in known))
    ]
    assert not unknown, "\n".join(["keys without a text:", *sorted(set(unknown))])


def test_every_fluent_text_is_said_by_somebody(texts: Texts) -> None:
    literals, prefixes = _strings()
    unsaid = [
        key
        for key in sorted(texts.fluent_keys("fr"))
        if key not in literals
        and not key.startswith(prefixes)
        and not SPOKEN_BY_THE_CATALOGUE.fullmatch(key)
        and not _referred_to(key)
        and key not in _offered()
    ]
    assert not unsaid, "\n".join(["texts that nobody says:", *unsaid])


def test_french_is_in_quebec_typography_once_loaded(texts: Texts) -> None:
    content = Content()
    for key in sorted(content.keys()):
        supplied = content.text(key)
        assert supplied is not None
        _well_set(key, french(supplied["fr"]))
    for path in sorted((LOCALE / "fr").glob("*.ftl")):
        for found in FluentParser(with_spans=False).parse(path.read_text("utf-8")).body:
            if isinstance(found, ftl.Message) and found.value is not None:
                for text in _patterns(found.value):
                    _well_set(found.id.name, french(text))


def _well_set(key: str, text: str) -> None:
    prose = re.sub(r"`[^`]*`|https?://\S+", "", text)
    assert not re.search(r"[^\W\d_]'\w", prose), f"{key}: straight apostrophe"
    assert not re.search(r"\s[?!;](?:\s|$)", prose), f"{key}: space before ? ! ;"
    assert not re.search(r"(?m)\S [:%](?:\s|$)|« | »", prose), f"{key}: breakable space"


def _patterns(pattern: ftl.Pattern) -> Iterator[str]:
    """The words of a pattern and of its variants, with { } for each value."""
    yield "".join(
        one.value if isinstance(one, ftl.TextElement) else "{ }" for one in pattern.elements
    )
    for one in pattern.elements:
        if isinstance(one, ftl.Placeable) and isinstance(one.expression, ftl.SelectExpression):
            for variant in one.expression.variants:
                yield from _patterns(variant.value)


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def _mentions() -> Iterator[Mention]:
    """Every key that the code gives to a call that says something."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for argument in _keys_of(node):
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield from _written(argument, where)


def _keys_of(call: ast.Call) -> Iterator[ast.expr]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name not in KEYED:
        return
    place, keywords = KEYED[name]
    if place is not None and len(call.args) > place:
        yield call.args[place]
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    yield from (value for keyword, value in given.items() if keyword in keywords)
    if name == "Button" and call.args and not given.keys() & {"label", "text"}:
        yield from _default_labels(call.args[0])


def _default_labels(action: ast.expr) -> Iterator[ast.expr]:
    """A button without a label takes the key `button-<action>` (`bot.messages.Button`)."""
    if isinstance(action, ast.Constant) and isinstance(action.value, str):
        key = "button-" + action.value.replace(".", "-").replace("_", "-")
        yield ast.Constant(key)


def _written(argument: ast.expr, where: str) -> Iterator[Mention]:
    """The keys of one argument; both branches of a condition; a name says nothing."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield Mention(argument.value, whole=True, where=where)
    elif isinstance(argument, ast.JoinedStr):
        first = argument.values[0]
        if isinstance(first, ast.Constant):
            yield Mention(str(first.value), whole=False, where=where)
    elif isinstance(argument, ast.IfExp):
        yield from _written(argument.body, where)
        yield from _written(argument.orelse, where)


def _strings() -> tuple[frozenset[str], tuple[str, ...]]:
    """Every literal of the code, and every constant beginning of an f-string or a sum."""
    literals: set[str] = set()
    prefixes: set[str] = set()
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                prefixes.add(str(node.values[0].value))
            elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
                prefixes.add(str(node.left.value))
            elif isinstance(node, ast.Call):
                literals |= {
                    one.text for key in _keys_of(node) for one in _written(key, "") if one.whole
                }
    # A beginning counts when it names a feature at least: « button- » alone would excuse all.
    return frozenset(literals), tuple(
        prefix
        for prefix in prefixes
        if re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-", prefix) and prefix != "button-"
    )


def _offered() -> set[str]:
    """The labels of what a kind answer offers beside its words."""
    return {Button(action).label_key for names in OFFERS.values() for action in names}


def _referred_to(key: str) -> bool:
    reference = re.compile(rf"\{{\s*{re.escape(key)}\s*\}}")
    return any(reference.search(path.read_text("utf-8")) for path in (LOCALE / "fr").glob("*.ftl"))
