"""The detector of names: candidates, the vote of the document, known people, masks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.names.agree import choose
from pipeline.redaction.names.candidates import Candidate, candidates
from pipeline.redaction.names.foreign import dotted, latin, transliterated
from pipeline.redaction.names.score import left_of, right_of
from pipeline.redaction.names.segments import Segments
from pipeline.redaction.names.veto import is_code, is_place, organ_end

_TOLD = 12.0


@dataclass(frozen=True, slots=True)
class NameDetector:
    """Finds the names of people, by evidence from the whole document."""

    name: str = "names"

    def find(
        self, text: NormalText, known: Known, protected: Sequence[tuple[int, int]]
    ) -> Iterator[Finding | Kept]:
        """Yield every mention of a person, those of the punished too, in original offsets."""
        words = Segments(text.text)
        plain = text.text
        parties = {party.name for party in known.parties}
        found = [*candidates(words)]
        found = [
            use
            for use in found
            if not is_place(use.name, use.odds) and not is_code(plain, use.end)
        ]
        told = [*parties, *(person.name for person in known.persons)]
        for name in told:
            place = plain.find(name)
            while place >= 0:
                found.append(Candidate(place, place + len(name), name, _TOLD, "", "", ""))
                place = plain.find(name, place + 1)
        for start, end, odds in transliterated(words):
            found.append(Candidate(start, end, plain[start:end], odds, "l:t", "r:t", ""))
        for start, end in dotted(plain):
            found.append(Candidate(start, end, plain[start:end], 9.0, "l:d", "r:d", ""))
        for start, end in latin(words):
            found.append(Candidate(start, end, plain[start:end], 6.0, "l:a", "r:a", ""))
        picks = choose(plain, found)
        picks = [use for use in picks if organ_end(words, use.end) is None or use.left=='l:role']
        names = sorted({use.name for use in picks})
        mentions = {(use.start, use.end): f"{use.left} {use.right} {use.odds:.1f}" for use in picks}
        taken = set()
        for a, b in mentions:
            taken.update(range(a, b))
        if names:
            for _, a, b in AhoCorasick(names, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes(plain):
                if taken.isdisjoint(range(a, b)) and organ_end(words, b) is None:
                    mentions[a, b] = "again"
        for (a, b), why in sorted(mentions.items()):
            name = plain[a:b]
            yield Finding(
                text.original(a, b),
                Category.PERSON,
                self.name,
                why,
                Confidence.PROBABLE,
                name[0] + "某",
                "PARTY" if name in parties else "OTHER",
            )


NAMES = NameDetector()
