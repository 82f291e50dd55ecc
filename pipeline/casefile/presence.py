"""有没有记录: whether an act has the records that it must have."""

from collections.abc import Iterator

from pipeline.casefile.model import CaseFile, Entry, Lack
from pipeline.domain.process_record import Act, Medium
from pipeline.policy.duty import Duty


def list_exported(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether the list of records came with the decision at all."""
    if not file.entries:
        yield Lack("案件记录清单未随决定导出", adverse=False)


def acts_known(file: CaseFile, _: Duty) -> Iterator[Lack]:
    """Ask whether every record is of an act that a pack has a word for."""
    if unknown := tuple(each for each in file.entries if each.act is None):
        yield Lack("有不认识的行为名称，没有核对", None, unknown, adverse=False)


def on_record(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether every act of the duty is in the file, in each of ``media``."""
    for act in duty.acts:
        yield from _without(file, act, duty)


def some_on_record(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether at least one act of the duty is in the file, in each of ``media``."""
    for medium in map(Medium, duty.values("media")):
        if not any(file.of(act, medium) for act in duty.acts):
            yield Lack(f"没有{medium.value}记录")


def accompanied_by(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether, where an act of the duty took place, all of ``others`` are in the file too."""
    for act, entries in file.asked(duty):
        for other in map(Act, duty.values("others")):
            if not file.of(other):
                yield Lack(f"有{act.value}，没有{other.value}记录", other, entries)


def recorded_when_done(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask whether an act that took place has a record in each of ``media``.

    One text record must bear one of the words of ``documents`` in its title, where there are any.
    """
    for act, entries in file.asked(duty):
        yield from _without(file, act, duty)
        texts = [each for each in entries if each.record.medium is Medium.TEXT]
        yield from _untitled(act, texts, duty.values("documents"))


def recorded_before_closing(file: CaseFile, duty: Duty) -> Iterator[Lack]:
    """Ask, once the case is closed, whether every act of the duty is in the file."""
    if file.took_place(Act.CLOSING):
        yield from on_record(file, duty)


def _without(file: CaseFile, act: Act, duty: Duty) -> Iterator[Lack]:
    for medium in map(Medium, duty.values("media")):
        if not file.of(act, medium):
            yield Lack(f"没有{medium.value}记录", act)


def _untitled(act: Act, texts: list[Entry], words: tuple[str, ...]) -> Iterator[Lack]:
    """Report an act none of whose text records bears one of the words in its title."""
    if not (texts and words):
        return
    if any(word in each.record.document for each in texts for word in words):
        return
    entries = tuple(texts)
    if all(each.record.document.strip() for each in texts):
        yield Lack(f"没有名称含“{'”或“'.join(words)}”的文书", act, entries)
    else:
        yield Lack("没有写明文书名称", act, entries, adverse=False)
