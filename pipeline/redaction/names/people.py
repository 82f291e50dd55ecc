"""The people of one document: who is who, whose name it is, and one mask for each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.domain.party import PartyKind, Role
from pipeline.domain.protected import Confidence
from pipeline.redaction.model import KnownParty
from pipeline.redaction.names.lexicon import ORGAN_ENDS, SURNAME

PARTY, OTHER = "PARTY", "OTHER"
_ROLES: Mapping[Role, str] = {
    Role.OFFICER: "OFFICER",
    Role.REVIEWER: "OFFICER",
    Role.LEGAL_REPRESENTATIVE: "LEGAL_REPRESENTATIVE",
    Role.OPERATOR: "OPERATOR",
}
_FIRM_ENDS = tuple(end for end in ORGAN_ENDS if len(end) > 1 or end in "店厂铺行摊馆坊")


def whose_role(role: Role) -> str:
    """Return whose name a person with ``role`` has."""
    return _ROLES.get(role, OTHER)


def is_person(party: KnownParty) -> bool:
    """Say whether a punished party is a human being, by its kind or else by its name.

    A 个体工商户 may be entered under the name of its operator.
    """
    if party.kind is PartyKind.NATURAL_PERSON:
        return True
    if party.kind in {PartyKind.LEGAL_PERSON, PartyKind.UNINCORPORATED}:
        return False
    name = party.name
    if "·" in name or name.isascii():
        return True
    return len(name) <= 4 and not name.endswith(_FIRM_ENDS)


def family_of(name: str) -> str:
    """Return the surname of a Chinese name, or the first character of any other.

    >>> family_of("欧阳娜"), family_of("李四"), family_of("JOHN SMITH"), family_of("买买提·艾力")
    ('欧阳', '李', 'J', '买')
    """
    if "·" not in name and len(name) > 2 and name[:2] in SURNAME:
        return name[:2]
    return name[0]


@dataclass(slots=True)
class Person:
    """One person of a document, as the reading goes on."""

    name: str
    family: str
    """The surname, or the first character."""
    places: list[int] = field(default_factory=list)
    votes: dict[str, int] = field(default_factory=dict)
    told: str = ""
    confidence: Confidence = Confidence.DOUBTFUL

    @property
    def whose(self) -> str:
        """Whose name it is, by the structured fields first and the roles in the text then."""
        if self.told:
            return self.told
        if not self.votes:
            return OTHER
        return min(self.votes.items(), key=lambda vote: (-vote[1], vote[0]))[0]

    def vote(self, whose: str) -> None:
        """Count one more place that says whose name it is."""
        self.votes[whose] = self.votes.get(whose, 0) + 1


class Nearest:
    """Whom of several people a text named last before a place, or else first after it."""

    __slots__ = ("_people", "_places", "number")

    def __init__(self, people: Sequence[Person]) -> None:
        self.number = len(people)
        line = sorted(
            ((place, person) for person in people for place in person.places),
            key=lambda pair: pair[0],
        )
        self._places = [place for place, _ in line]
        self._people = [person for _, person in line]

    def to(self, position: int) -> Person | None:
        """Return that person; ``None`` when none of them is named at all."""
        if not self._people:
            return None
        return self._people[max(0, bisect_right(self._places, position) - 1)]


class People:
    """Everyone found in one document."""

    def __init__(self) -> None:
        self.by_name: dict[str, Person] = {}

    def add(self, name: str, family: str = "") -> Person:
        """Return the person called ``name``, a new one if there is none yet."""
        person = self.by_name.get(name)
        if person is None:
            person = self.by_name[name] = Person(name, family or family_of(name))
        return person

    def labels(self) -> dict[str, str]:
        """Return the mask of each person named, by name: 某 after the surname, and a number."""
        groups: defaultdict[str, list[Person]] = defaultdict(list)
        named = [person for person in self.by_name.values() if person.places]
        for person in sorted(named, key=_first):
            groups[person.family].append(person)
        return {
            person.name: f"{family}某{number if len(group) > 1 else ''}"
            for family, group in groups.items()
            for number, person in enumerate(group, 1)
        }

    def with_family(self) -> dict[str, list[Person]]:
        """Return the people by surname."""
        return _grouped((person.family, person) for person in self.by_name.values())

    def with_given(self, least: Confidence) -> dict[str, list[Person]]:
        """Return the people by given name, those at least so sure."""
        return _grouped(
            (person.name[len(person.family) :], person)
            for person in self.by_name.values()
            if person.confidence >= least
        )

    def with_last(self) -> dict[str, list[Person]]:
        """Return the people by the last character of the name."""
        return _grouped((person.name[-1], person) for person in self.by_name.values())


def _first(person: Person) -> tuple[int, str]:
    return person.places[0], person.name


def _grouped(pairs: Iterable[tuple[str, Person]]) -> dict[str, list[Person]]:
    groups: defaultdict[str, list[Person]] = defaultdict(list)
    for key, person in pairs:
        groups[key].append(person)
    return groups
