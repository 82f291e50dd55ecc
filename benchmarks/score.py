"""Gold spans against found spans: recall, documents with a leak, precision, what was destroyed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.gold.generate import Document

Found = tuple[int, int, str]


@dataclass
class Score:
    """Sums over documents; characters and spans are counted, never kept."""

    documents: int = 0
    leaking: int = 0
    must: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    keep: Counter[str] = field(default_factory=Counter)
    touched: Counter[str] = field(default_factory=Counter)
    predicted: int = 0
    right: int = 0

    def add(self, document: Document, found: Iterable[Found]) -> None:
        """Count one document. A span is hidden when every character of it is covered."""
        cover = bytearray(len(document.text))
        for start, end, _ in found:
            cover[start:end] = b"\1" * (end - start)
        good, ignored = bytearray(len(cover)), bytearray(len(cover))
        leaks = False
        for span in document.spans:
            part = cover[span.start : span.end]
            if span.must:
                self.must[span.kind] += 1
                self.hidden[span.kind] += all(part)
                leaks |= not all(part)
                good[span.start : span.end] = b"\1" * len(part)
            elif span.must is None:
                ignored[span.start : span.end] = b"\1" * len(part)
            else:
                self.keep[span.kind] += 1
                self.touched[span.kind] += any(part)
        self.documents += 1
        self.leaking += leaks
        self.predicted += sum(c and not i for c, i in zip(cover, ignored, strict=True))
        self.right += sum(c and g for c, g in zip(cover, good, strict=True))

    @property
    def recall(self) -> float:
        """Share of must-hide spans that are wholly covered."""
        return self.hidden.total() / max(1, self.must.total())

    @property
    def leak_rate(self) -> float:
        """Share of documents with at least one span not wholly covered."""
        return self.leaking / max(1, self.documents)

    @property
    def precision(self) -> float:
        """Share of covered characters that had to be covered."""
        return self.right / max(1, self.predicted)

    @property
    def destroyed(self) -> float:
        """Share of spans that must stay and were touched."""
        return self.touched.total() / max(1, self.keep.total())

    def rows(self) -> Sequence[tuple[str, int, float]]:
        """Return (kind, number, recall) of what must be hidden, then (kind, number, touched)."""
        hide = [(k, n, self.hidden[k] / n) for k, n in sorted(self.must.items())]
        stay = [(f"保留 {k}", n, self.touched[k] / n) for k, n in sorted(self.keep.items())]
        return [*hide, *stay]
