"""Reads one document for its people: full names first, then every place and form of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.domain.protected import Confidence
from pipeline.redaction.model import Known
from pipeline.redaction.names import forms
from pipeline.redaction.names.agree import choose
from pipeline.redaction.names.anchors import anchored, in_cells
from pipeline.redaction.names.candidates import Candidate, candidates
from pipeline.redaction.names.foreign import dotted, latin, sound_odds, sounds
from pipeline.redaction.names.people import PARTY, People, Person, is_person, whose_role
from pipeline.redaction.names.score import left_of
from pipeline.redaction.names.seams import again, broken, padded, seams
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import is_word, organ_end, stays

_TOLD: Final = 12.0
_DOTTED: Final = 9.0
_LATIN: Final = 5.0
_SOUND_PRICE: Final = 0.8
_WORD_PRICE: Final = 2.0
_CERTAIN: Final = 5.0
_PROBABLE: Final = 1.5
_LIST: Final = re.compile(r"(?:[（(][^（()）\n]{0,40}[）)])?[ 、，,和与及\n]{1,2}")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a person is named; ``reason`` says in Chinese how it was found."""

    start: int
    end: int
    person: Person
    reason: str


class Reader:
    """Reads one text. Made for it, used once."""

    def __init__(self, text: str, known: Known, protected: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        self.words = Segments(text)
        self.people = People()
        self.taken = bytearray(len(text))
        self.mentions: list[Mention] = []
        self.known = known
        self._told: dict[str, str] = {
            person.name: whose_role(person.role) for person in known.persons
        }
        self._told.update((party.name, PARTY) for party in known.parties if is_person(party))
        self._told.pop("", None)
        for start, end in protected:
            self._close(start, end)
        for party in known.parties:
            if party.name and not is_person(party):
                for start in _places(text, party.name):
                    self._close(start, start + len(party.name))

    def _close(self, start: int, end: int) -> None:
        self.taken[start:end] = b"\x01" * len(self.taken[start:end])

    def read(self) -> list[Mention]:
        """Return every mention of a person, by position, without overlaps."""
        picks = choose(self.text, [*self._full_names()])
        self._take_full(picks)
        self._sweep()
        self._take_forms()
        return sorted(self.mentions, key=lambda mention: mention.start)

    def _full_names(self) -> Iterator[Candidate]:
        text, words = self.text, self.words
        for use in candidates(words):
            if stays(words, use):
                continue
            if is_word(words, use):
                yield use._replace(odds=use.odds - _WORD_PRICE)
            else:
                yield use
        yield from anchored(words)
        yield from in_cells(words)
        for name in self._told:
            for place in _places(text, name):
                yield Candidate(place, place + len(name), name, _TOLD, "told", "", "")
        for run in sounds(words):
            yield self._foreign(run.start, run.end, sound_odds(run) - _SOUND_PRICE, "sound")
        for start, end in dotted(words):
            yield self._foreign(start, end, _DOTTED, "dot")
        for start, end in latin(words):
            yield self._foreign(start, end, _LATIN, "latin")

    def _foreign(self, start: int, end: int, odds: float, kind: str) -> Candidate:
        whose = left_of(self.words, start)[1]
        return Candidate(start, end, self.text[start:end], odds, kind, "", whose)

    def _mention(self, start: int, end: int, person: Person, reason: str) -> None:
        if not any(self.taken[start:end]):
            self.taken[start:end] = b"\x01" * (end - start)
            self.mentions.append(Mention(start, end, person, reason))
            person.places.append(start)

    def _take_full(self, picks: Sequence[tuple[float, Candidate]]) -> None:
        before, whose = -1, ""
        for odds, use in picks:
            if use.left not in {"told", "l:role"} and organ_end(self.words, use.end) is not None:
                continue
            person = self.people.add(use.name)
            person.told = self._told.get(use.name, "")
            linked = before >= 0 and _LIST.fullmatch(self.text, before, use.start)
            whose = use.whose or (whose if linked else "")
            before = use.end
            if whose and (whose != PARTY or not self.known.parties):
                person.votes[whose] += 1
            level = (
                Confidence.CERTAIN
                if odds >= _CERTAIN
                else Confidence.PROBABLE
                if odds >= _PROBABLE
                else Confidence.DOUBTFUL
            )
            person.confidence = max(person.confidence, level)
            self._mention(use.start, use.end, person, _REASONS.get(use.left, "姓名用字与上下文"))

    def _sweep(self) -> None:
        text = self.text
        gaps = seams(text)
        for start, end, name in padded(text, gaps):
            self._mention(start, end, self.people.add(name), "姓名中有空格")
        for start, end, use in broken(text, gaps):
            self._mention(start, end, self.people.add(use.name), "姓名断行")
        names = sorted({*self._spreading(), *self._told})
        if not names:
            return
        finder = AhoCorasick(names, matchkind=MatchKind.LeftmostLongest)
        for index, start, end in finder.find_matches_as_indexes(text):
            if not self.taken[start] and self._stands(names[index], start, end):
                self._mention(start, end, self.people.add(names[index]), "同一姓名在文中他处已认定")
        for start, end, name in again(text, gaps, names):
            self._mention(start, end, self.people.add(name), "同一姓名，中有空格或断行")
        for person in self.people.by_name.values():
            person.places.sort()

    def _spreading(self) -> Iterator[str]:
        """Yield the names sure enough to be looked for everywhere."""
        for name, person in self.people.by_name.items():
            if person.confidence > Confidence.DOUBTFUL or person.told:
                yield name

    def _stands(self, name: str, start: int, end: int) -> bool:
        """Say whether a known name may stand here: no part of a word, no organisation."""
        begin = self.words.begin
        if name not in self._told and len(name) < 3:
            word = begin.get(start)
            if word is None or (end not in self.words.end and len(begin.get(end - 1, "")) != 1):
                return False
        return organ_end(self.words, end) is None

    def _take_forms(self) -> None:
        families = self.people.with_family()
        givens = self.people.with_given(Confidence.PROBABLE)
        lasts = self.people.with_last()
        for source in (
            forms.titled(self.words, families),
            forms.nicknamed(self.words, lasts),
            forms.given_alone(self.words, givens, self.taken),
            forms.family_alone(self.words, families, self.taken),
        ):
            for form in source:
                if any(self.taken[form.start : form.end]):
                    continue
                those = (
                    families.get(form.family, ())
                    if form.family
                    else givens.get(form.given, ()) or lasts.get(form.given, ())
                )
                those = [person for person in those if person.whose != "OFFICER"]
                if those and (len(those) == 1 or "某" not in self.text[form.start : form.end]):
                    person = self.people.nearest(those, form.start)
                else:
                    person = self.people.add(self.text[form.start : form.end])
                    person.shown = form.family
                    person.confidence = max(person.confidence, Confidence.PROBABLE)
                self._mention(form.start, form.end, person, form.reason)


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + len(name))


_REASONS: Final = {
    "told": "案件字段载明",
    "l:role": "身份词之后的姓名",
    "cell": "单独成行或成格的姓名",
    "sound": "音译姓名",
    "dot": "带间隔号的姓名",
    "latin": "外文姓名",
}
