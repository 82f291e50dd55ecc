"""Reads one document for its people: full names first, then every place and form of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from pipeline.domain.protected import Confidence
from pipeline.redaction.model import Known
from pipeline.redaction.names import forms
from pipeline.redaction.names.agree import choose
from pipeline.redaction.names.anchors import (
    anchored,
    before_particulars,
    between,
    in_cells,
    in_minutes,
)
from pipeline.redaction.names.candidates import Candidate, candidates, confidence_of
from pipeline.redaction.names.foreign import dotted, latin, sounds
from pipeline.redaction.names.given import given_names
from pipeline.redaction.names.lexicon import NAME_TAGS, simplified, tag
from pipeline.redaction.names.named_after import is_named_after
from pipeline.redaction.names.people import (
    PARTY,
    Nearest,
    People,
    Person,
    is_person,
    whose_role,
)
from pipeline.redaction.names.peoples import composed, japanese
from pipeline.redaction.names.places import occurrences, places
from pipeline.redaction.names.score import left_of
from pipeline.redaction.names.seams import again, broken, padded, seams
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.signed import signed
from pipeline.redaction.names.spoken import spoken
from pipeline.redaction.names.thing_lists import without_things
from pipeline.redaction.names.veto import is_word, organ_end, stays, word_price

_TOLD: Final = 12.0
_DOTTED: Final = 9.0
_LATIN: Final = 5.0
_SOUND_PRICE: Final = 0.8
_ANNOUNCED: Final = frozenset({"told", "l:role"})
_QUOTES: Final = frozenset('“"「『‘《')
_LIST: Final = re.compile(r"(?:[（(][^（()）\n]{0,40}[）)])?[ 、，,和与及\n]{1,2}")


class Mention(NamedTuple):
    """A place where a person is named; ``reason`` says in Chinese how it was found."""

    start: int
    end: int
    person: Person
    reason: str


class Reader:
    """Reads one text. Made for it, used once."""

    def __init__(self, text: str, known: Known, protected: Sequence[tuple[int, int]] = ()) -> None:
        text = simplified(text)
        self.text = text
        self.words = Segments(text)
        self.people = People()
        self.taken = bytearray(len(text))
        self.mentions: list[Mention] = []
        self.kept: list[tuple[int, int, str]] = []
        self.known = known
        self._told: dict[str, str] = {
            simplified(person.name): whose_role(person.role) for person in known.persons
        }
        self._told.update(
            (simplified(party.name), PARTY) for party in known.parties if is_person(party)
        )
        self._told.pop("", None)
        self._called: set[str] = set()
        for start, end in protected:
            self._close(start, end)
        self._firms = [
            simplified(party.name) for party in known.parties if party.name and not is_person(party)
        ]
        for firm in self._firms:
            for start in places(text, firm):
                self._keep(start, start + len(firm), "被处罚单位名称")

    def _keep(self, start: int, end: int, reason: str) -> None:
        if self._is_free(start, end):
            self._close(start, end)
            self.kept.append((start, end, reason))

    def _is_free(self, start: int, end: int) -> bool:
        return self.taken.find(1, start, end) < 0

    def _close(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * (end - start)

    def read(self) -> list[Mention]:
        """Return every mention of a person, by position, without overlaps."""
        found = [*self._full_names()]
        chosen = choose(self.text, found)
        if listed := [*between(self.words, [use for _, use in chosen])]:
            chosen = choose(self.text, found + listed)
        picks = [*self._people_of(without_things(self.text, chosen))]
        people = self.people.by_name.items()
        sure = {name for name, one in people if one.confidence > Confidence.DOUBTFUL}
        names = sorted(sure | self._told.keys())
        self._take_seams(names)
        for use in picks:
            reason = _REASONS.get(use.left, "姓名用字与上下文")
            self._mention(use.start, use.end, self.people.add(use.name), reason)
        self._sweep(names)
        for person in self.people.by_name.values():
            person.told = self._told.get(person.name, "")
            person.places.sort()
        self._take_forms()
        for person in self.people.by_name.values():
            person.places.sort()
        return sorted(self.mentions, key=itemgetter(0))

    def _full_names(self) -> Iterator[Candidate]:
        text, words = self.text, self.words
        told = [*occurrences(text, sorted(self._told))]
        closed = bytearray(self.taken)
        for start, end, name in told:
            closed[start:end] = b"\x01" * (end - start)
            yield Candidate(start, end, name, _TOLD, "told", "", "")
        for use in candidates(words, closed):
            if stays(words, use):
                continue
            if is_word(words, use):
                yield use._replace(odds=use.odds - word_price(use))
            else:
                yield use
        yield from anchored(words)
        yield from in_cells(words)
        yield from in_minutes(words)
        yield from before_particulars(words)
        yield from signed(words)
        for start, end, odds in sounds(words):
            yield self._foreign(start, end, odds - _SOUND_PRICE, "sound")
        for find in (composed, japanese):
            for start, end, odds in find(words):
                yield self._foreign(start, end, odds, "parts")
        for start, end in dotted(words):
            yield self._foreign(start, end, _DOTTED, "dot")
        for start, end in latin(words):
            yield self._foreign(start, end, _LATIN, "latin")

    def _foreign(self, start: int, end: int, odds: float, kind: str) -> Candidate:
        left, whose = left_of(self.words, start)
        if left == "l:role":
            self._called.add(self.text[start:end])
        return Candidate(start, end, self.text[start:end], odds, kind, "", whose)

    def _mention(self, start: int, end: int, person: Person, reason: str) -> None:
        if self._is_free(start, end):
            self._close(start, end)
            self.mentions.append(Mention(start, end, person, reason))
            person.places.append(start)

    def _people_of(self, picks: Sequence[tuple[float, Candidate]]) -> Iterator[Candidate]:
        """Yield the picks that are people, who are entered with their roles and how sure it is."""
        before, whose = -1, ""
        inside = {use.start for _, use in picks if self._in_organ(use)}
        brands = self._brands(picks, inside)
        self._called |= {u.name for _, u in picks if u.left in _ANNOUNCED or u.right == "r:role"}
        for odds, use in picks:
            if use.left not in _ANNOUNCED and (use.start in inside or use.name in brands):
                if not any(self.text[use.start : use.start + n] in self._called for n in (2, 3, 4)):
                    self._keep(use.start, use.end, "机构、字号、品牌或地名的一部分")
                continue
            person = self.people.add(use.name)
            if use.whose:
                whose = use.whose
            elif whose and not (before >= 0 and _LIST.fullmatch(self.text, before, use.start)):
                whose = ""
            before = use.end
            if whose and (whose != PARTY or not self.known.parties):
                person.vote(whose)
            if person.confidence < Confidence.CERTAIN:
                person.confidence = max(person.confidence, confidence_of(odds, use))
            yield use

    def _brands(self, picks: Sequence[tuple[float, Candidate]], inside: set[int]) -> set[str]:
        """Return the names that are part of names of organisations and else only in quotes."""
        firms = "\n".join(self._firms)
        parts = {use.name for _, use in picks if use.start in inside or use.name in firms}
        loose = {
            use.name
            for _, use in picks
            if use.name in parts
            and use.start not in inside
            and self.text[use.start - 1 : use.start] not in _QUOTES
        }
        return parts - loose

    def _in_organ(self, use: Candidate) -> bool:
        taken = bool(self.taken[use.start])
        return use.left != "told" and (taken or organ_end(self.words, use.end) is not None)

    def _take_seams(self, names: Sequence[str]) -> None:
        """Take the names with blanks or a line's end inside, the known ones first."""
        gaps = seams(self.text)
        for start, end, name in again(self.text, gaps, names):
            self._mention(start, end, self.people.add(name), "同一姓名，中有空格或断行")
        for start, end, name in padded(self.text, gaps):
            self._found(start, end, name, "姓名中有空格")
        for start, end, use in broken(self.text, gaps):
            self._found(start, end, use.name, "姓名断行")

    def _found(self, start: int, end: int, name: str, reason: str) -> None:
        person = self.people.add(name)
        person.confidence = max(person.confidence, Confidence.PROBABLE)
        whose = left_of(self.words, start)[1]
        if whose and (whose != PARTY or not self.known.parties):
            person.vote(whose)
        self._mention(start, end, person, reason)

    def _sweep(self, names: Sequence[str]) -> None:
        """Find the names that are sure everywhere else."""
        for start, end, name in occurrences(self.text, names):
            if not self.taken[start] and self._stands(name, start, end):
                person = self.people.add(name)
                self._mention(start, end, person, "同一姓名在文中他处已认定")

    def _stands(self, name: str, start: int, end: int) -> bool:
        """Say whether a known name may stand here: no part of a word, no organisation."""
        begin = self.words.begin
        if name.isascii() and not (start in begin and self.words.is_border(end)):
            return False
        if name not in self._told and len(name) < 3:
            word = begin.get(start)
            apart = self.words.is_border(end) or len(begin.get(end - 1, "")) == 1
            called = name in self._called and (not tag(name) or tag(name) in NAME_TAGS)
            if word is None or not (apart or called):
                return False
        stop = organ_end(self.words, end)
        if stop is None or name not in self._called:
            return stop is None
        return not is_named_after(self.text, start, end, stop)

    def _take_forms(self) -> None:
        families = self.people.with_family()
        givens = self.people.with_given(Confidence.PROBABLE)
        lasts = self.people.with_last()
        nearest = _Referents(families, givens, lasts)
        for source in (
            forms.titled(self.words, families),
            forms.nicknamed(self.words, lasts),
            spoken(self.words),
            given_names(self.words, self._firms),
            forms.given_alone(self.words, givens, self.taken),
            forms.family_alone(self.words, families, self.taken),
        ):
            for form in source:
                if self._is_free(form.start, form.end):
                    said = self.text[form.start : form.end]
                    person = nearest.of(form, hidden="某" in said)
                    if person is None:
                        person = self.people.add(said, form.family)
                        person.confidence = max(person.confidence, Confidence.PROBABLE)
                    self._mention(form.start, form.end, person, form.reason)


class _Referents:
    """Whom a loose form means. Officers are spoken of by their full names or not at all."""

    def __init__(self, *groups: Mapping[str, Sequence[Person]]) -> None:
        self._groups = groups
        self._lines: dict[tuple[int, str], Nearest | None] = {}

    def _line(self, number: int, key: str) -> Nearest | None:
        if key and (number, key) not in self._lines:
            named = self._groups[number].get(key, ())
            people = [one for one in named if one.whose != "OFFICER"]
            self._lines[number, key] = Nearest(people) if people else None
        return self._lines.get((number, key))

    def of(self, form: forms.Form, *, hidden: bool) -> Person | None:
        """Return the person; ``None`` for one not named. 某 means one of several only by itself."""
        for number, key in ((0, form.family), (1, form.given), (2, form.given)):
            line = self._line(number, key)
            if line and not (hidden and line.number > 1):
                return line.to(form.start)
        return None


_REASONS: Final = {
    "told": "案件字段载明",
    "l:role": "身份词之后的姓名",
    "list": "名单中的姓名",
    "cell": "单独成行或成格的姓名",
    "sound": "音译姓名",
    "parts": "少数民族或外国姓名用字",
    "dot": "带间隔号的姓名",
    "latin": "外文姓名",
}
