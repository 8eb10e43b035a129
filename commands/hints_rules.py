"""What may let somebody be recognised in a message: patterns, looked for in memory alone. Pure.

They help and do not judge: they miss much (a rare illness, a nickname, a photograph) and see things
that are not there, so whoever reads a hint is told « peut-être » [PR-3; domain specification g.1].
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.parsing import fold

LONGEST = 8000
"""Characters that are looked at."""

_MONTH = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|dec(?:embre)?|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|dec)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?:19|20)\d\d)?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d\d)?"
    r"|(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d\d)\b"
)
_BORN = re.compile(
    r"(?P<what>(?:[\w'-]{1,20} ){0,5})\b"
    r"(?:(?:ne|nee|ne\(e\)|ne\.e|ne·e) (?:le |the )?|born (?:on )?(?:the )?"
    r"|(?:date de naissance|naissance|ddn|dob|d\.o\.b\.?|date of birth|birth ?date|birthday)"
    rf"(?: est| is)?(?: le| on)?\s*[:=]?\s*){_DATE}"
)
_THINGS = re.compile(
    r"\b(?:projet|comite|idee|communaute|groupe|programme|equipe|service|reseau|clinique|hopital"
    r"|project|committee|idea|community|group|program(?:me)?|team|network|clinic|hospital)\b"
)
_RAMQ = re.compile(r"\b([a-z]{4})[ -]?\d\d(\d\d)[ -]?(\d\d)\d\d\b")
_WORDS_OF_FOUR = frozenset({"mars", "juin", "aout", "june", "july", "zoom", "code", "plan", "room"})
_NIR = re.compile(
    r"(?<![\d])([1-478] ?\d\d ?(?:0[1-9]|[1-9]\d) ?(?:\d\d|2[ab]) ?\d{3} ?\d{3}) ?(\d\d)(?!\d)"
)
_RECORD = re.compile(
    r"\b(?:(?:dossiers?|mrn|ipp|chart|patiente?|usager|usagere)"
    r"(?: (?:medical|clinique|hospitalier|patient|d'usager))?"
    r"(?: ?(?:no|n°|nº|num|numero|number|id|#)\.?)?"
    r"|(?:record|file|case|cas) (?:no|n°|nº|num|numero|number|id|#)\.?) ?[:#]? ?"
    r"(?P<number>[a-z]{0,3}-?\d[\d-]{3,20})\b(?! ?(?:\$|€|%|ans|km|dollars|euros|personnes|people))"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:-(?:19|20)?\d\d(?:-\d\d)?)?")
_CALL_QUEBEC = re.compile(
    r"(?<![\d.,/-])(?:\+?1[ .-]?)?(?:\(([2-9]\d\d)\) ?|([2-9]\d\d)[ .-])"
    r"[2-9]\d\d[ .-]\d{4}(?![\d-])(?! ?,? ?(?:poste|post|ext|x ?\d|p\.))"
)
_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
_CALL_FRANCE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)33 ?(?:\(0\) ?)?[1-79]|0[1-79])(?:[ .-]?\d\d){4}(?![\d-])"
)
_PERSON = (
    r"(?:garcon|fille|fillette|femme|homme|enfant|eleve|dame|monsieur|bebe|ado|adolescente?|jeune"
    r"|residente?|usagere?|patiente?|cliente?|mere|pere|etudiante?|nourrisson|boy|girl|woman|man"
    r"|child|baby|teen|teenager|student|pupil|resident|patient|client|mother|father|lady)"
)
_AGED = re.compile(
    r"\bagee?(?:\(e\)|\.e|·e)? (?:de |d')?\d{1,3} ?(?:ans|mois)\b"
    rf"|\b{_PERSON}(?: [\w'-]{{1,20}}){{0,2}},? (?:de |d')?\d{{1,3}} ?(?:ans|mois)\b"
    rf"|\b{_PERSON} aged? \d{{1,3}}\b"
    rf"|\b\d{{1,3}}[ -]?(?:year|month|yr)s?[ -]old (?:[\w'-]{{1,20}} )?{_PERSON}\b"
    rf"|\b\d{{1,3}} ?(?:yo|y/o|y\.o\.) (?:[\w'-]{{1,20}} )?{_PERSON}\b"
    rf"|\b{_PERSON}(?: is|,)? \d{{1,3}}[ -]?(?:year|month)s?[ -]old\b"
)
_AFTER = re.compile(
    r"\b(?:(?:a|au|aux|de|du|en|from|in|near|of) (?:la |le |l')?|d')(?P<place>[\w'-]{3,40})"
)
_BEFORE = re.compile(r"\b(?:a|from|in|near|pres de) (?P<place>[\w'-]{3,40})")
_REACH = 70
"""Characters of the same sentence between an age and a place."""
_END = re.compile(r"[.!?\n]")
_NO_PLACE = frozenset(
    {
        "noel", "paques", "halloween", "christmas", "easter", "covid", "info",
        "zoom", "teams", "slack", "matrix", "internet", "english", "french", "anglais", "francais",
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    }
)  # fmt: skip
_INITIALS = re.compile(
    r"\b(?:[A-ZÀ-Ý]\. ?-?[A-ZÀ-Ý]\.?(?: ?[A-ZÀ-Ý]\.)?,? ?\(?|[A-ZÀ-Ý]{2}(?:, ?| ?\())"
    r"(?:âgée? de |aged )?\d{1,3} ?(?:ans|mois|a\.|years|yrs?|y\.?o\.?|months)\b"
    r"|\b\d{1,3} ?(?:ans|mois|years old|y\.?o\.?),? ?\(?[A-ZÀ-Ý]\. ?-?[A-ZÀ-Ý]\."
)
_IMAGE = re.compile(
    r"\b([A-ZÀ-Ý][a-zà-ÿ]{1,20})[ _.-]([A-ZÀ-Ý][a-zà-ÿ]{1,20})(?:[ _.-]\w{1,20}){0,3}"
    r"\.(?:jpe?g|png|heic|heif|webp|gif|bmp|tiff?|dcm)\b"
)
_NO_NAME = re.compile(
    r"capture|ecran|screen|shot|image|photo|affiche|plan|logo|schema|carte|tableau|graph|figure"
    r"|poster|map|chart|table|scan|aide|memoire|outil|guide|formulaire|modele|exemple|salle|sample"
    r"|example|form|new|nouvelle?|final|copie|copy|version|page|whats|img|pic|icon|banner|equipe"
    r"|team|centre|center|clinique|clinic|hopital|hospital|vaccin|sante|health|soins|care|triage"
)
_LINK = re.compile(r"(?:https?://|www\.)\S+")


def look(text: str) -> str | None:
    """What stands in it, as the end of a text key; the surest first, None when nothing is seen."""
    raw = _LINK.sub(" ", _spaced(text[:LONGEST]))
    folded = fold(raw)
    for kind, seen in _LOOKS.items():
        if seen(raw, folded):
            return kind
    return None


def _spaced(text: str) -> str:
    """Composed signs, plain spaces and hyphens: phones and office suites write them differently."""
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\S\n]+", " ", re.sub("[‐‑‒–—−]", "-", composed.replace("’", "'")))


def _birth(raw: str, folded: str) -> bool:
    return any(not _THINGS.search(found["what"]) for found in _BORN.finditer(folded))


def _ramq(raw: str, folded: str) -> bool:
    """Four letters, year, month (50 more for a woman), day, two signs."""
    for letters, month, day in _RAMQ.findall(folded):
        number = int(month) - 50 if int(month) > 50 else int(month)
        if letters not in _WORDS_OF_FOUR and 1 <= number <= 12 and 1 <= int(day) <= 31:
            return True
    return False


def _nir(raw: str, folded: str) -> bool:
    """Thirteen signs and the key that proves them: 97 less the rest by 97; Corsica counts apart."""
    for number, key in _NIR.findall(folded):
        bare = number.replace(" ", "").replace("2a", "19").replace("2b", "18")
        if 97 - int(bare) % 97 == int(key):
            return True
    return False


def _record(raw: str, folded: str) -> bool:
    return any(not _YEAR.fullmatch(found["number"]) for found in _RECORD.finditer(folded))


def _call(raw: str, folded: str) -> bool:
    """A line of somebody; what is free to call, or ends in an extension, is a service's."""
    found = _CALL_QUEBEC.finditer(folded)
    own = any((each[1] or each[2]) not in _FREE for each in found)
    return own or _CALL_FRANCE.search(folded) is not None


def _age_place(raw: str, folded: str) -> bool:
    """An age of one person, and a place in the same sentence: a word with a capital."""
    if len(raw) != len(folded):
        # Folding made one sign two (œ, ß): side by side again, for the sake of the capitals.
        raw = "".join(each + "o" * (len(fold(each)) - 1) for each in raw if fold(each))
    for age in _AGED.finditer(folded):
        start, end = max(age.start() - _REACH, 0), age.end() + _REACH
        before = _END.split(folded[start : age.start()])[-1]
        after = _END.split(folded[age.end() : end])[0]
        if _names(_AFTER, after, raw[age.end() :]):
            return True
        if _names(_BEFORE, before, raw[age.start() - len(before) :]):
            return True
    return False


def _names(pattern: re.Pattern[str], folded: str, raw: str) -> bool:
    """Whether what the pattern finds begins with a capital, and may be a place."""
    return any(
        raw[found.start("place")].isupper() and found["place"].split("-")[0] not in _NO_PLACE
        for found in pattern.finditer(folded)
    )


def _initials(raw: str, folded: str) -> bool:
    return _INITIALS.search(raw) is not None


def _image(raw: str, folded: str) -> bool:
    return any(not _NO_NAME.search(fold(found[0])) for found in _IMAGE.finditer(raw))


_LOOKS: Mapping[str, Callable[[str, str], bool]] = MappingProxyType(
    {
        "insurance": lambda raw, folded: _ramq(raw, folded) or _nir(raw, folded),
        "birth": _birth,
        "record": _record,
        "initials": _initials,
        "age-place": _age_place,
        "telephone": _call,
        "image": _image,
    }
)
