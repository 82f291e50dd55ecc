"""Recall, precision and speed of redaction beside two peers, in one run.

``make eval`` measures on invented decisions; with ``GONGSHI_CORPUS`` naming a JSON Lines file of
labelled texts (``id``, ``text``, ``spans`` with start, end, type, role, must_redact) on that too.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.gold.generate import Document, Gold, documents
from benchmarks.peers import Found, floor, floor_with_names
from benchmarks.score import Score
from pipeline.redaction.spans import spans

System = Callable[[Document], Iterable[Found]]
BEST = Path(__file__).with_name("redaction_best.json")
REPEATS = 5


def ours(document: Document) -> list[Found]:
    """Return what the program finds, given the parties' names and nothing else."""
    known = {"parties": list(document.parties), "persons": []}
    record = {"id": document.name, "text": document.text, "known": known}
    return [(int(s["start"]), int(s["end"]), str(s["type"])) for s in spans(record)]


SYSTEMS: dict[str, System] = {
    "gongshi": ours,
    "十条朴素正则": lambda document: floor(document.text),
    "正则＋jieba nr": lambda document: floor_with_names(document.text),
}


def labelled(path: Path) -> Iterable[Document]:
    """Read a labelled corpus. Spans whose role is unsure are left out of the count."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        found = record["spans"]
        gold = tuple(
            Gold(
                s["start"], s["end"], s["type"], None if s["role"] == "unsure" else s["must_redact"]
            )
            for s in found
        )
        parties = tuple(sorted({s["text"] for s in found if s["role"] == "party"}))
        yield Document(record["id"], record["text"], gold, parties)


def measure(texts: Sequence[Document]) -> dict[str, tuple[Score, float]]:
    """Return score and seconds of one pass of each system: processor time, the median of several.

    The systems take turns, so that what slows the machine down slows all of them.
    """
    scores = {name: Score() for name in SYSTEMS}
    for name, system in SYSTEMS.items():
        for document in texts:
            scores[name].add(document, system(document))
    seconds: dict[str, list[float]] = {name: [] for name in SYSTEMS}
    for _ in range(REPEATS):
        for name, system in SYSTEMS.items():
            start = time.process_time()
            for document in texts:
                for _found in system(document):
                    pass
            seconds[name].append(time.process_time() - start)
    return {name: (scores[name], median(seconds[name])) for name in SYSTEMS}


def report(title: str, texts: Sequence[Document]) -> dict[str, float]:
    """Print the table of one set and return the program's own figures."""
    results = measure(texts)
    base = results["十条朴素正则"][1]
    size = sum(len(document.text) for document in texts)
    volume = sum(len(document.text.encode()) for document in texts)
    print(f"\n## {title}：{len(texts)} 件，{size} 字\n")
    print(
        "| 系统 | 召回 | 有漏隐的文书 | 字符精确率 | 误伤 | 每件毫秒 | MB/s | 速度（朴素正则＝1） |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for name, (score, seconds) in results.items():
        print(
            f"| {name} | {score.recall:.4f} | {score.leak_rate:.1%} | {score.precision:.4f} "
            f"| {score.destroyed:.2%} | {seconds / len(texts) * 1000:.2f} "
            f"| {volume / seconds / 1e6:.2f} | {base / seconds:.2f} |"
        )
    score, _ = results["gongshi"]
    print("\n| 种类 | 数量 | 全部盖住（保留类：被碰到） |\n|---|---|---|")
    for kind, number, share in score.rows():
        print(f"| {kind} | {number} | {share:.4f} |")
    return _figures(score)


def figures(texts: Sequence[Document]) -> dict[str, float]:
    """Return the program's own figures on ``texts``; each can only get better."""
    score = Score()
    for document in texts:
        score.add(document, ours(document))
    return _figures(score)


def _figures(score: Score) -> dict[str, float]:
    return {
        "recall": score.recall,
        "clean": 1 - score.leak_rate,
        "precision": score.precision,
        "kept": 1 - score.destroyed,
    }


def worse(got: Mapping[str, float], best: Mapping[str, float]) -> list[str]:
    """Return, in words, every figure that fell below the best so far."""
    return [f"{k} {got[k]:.4f} < {best[k]:.4f}" for k in best if got[k] < best[k] - 1e-9]


def main() -> int:
    """Measure, compare with the best so far, and keep it; a figure that fell is a failure."""
    got = {
        "eval": report("自造文书", list(documents(600, seed=20261120))),
        "test": figures(list(documents(60, seed=7))),
    }
    if corpus := os.environ.get("GONGSHI_CORPUS"):
        report(Path(corpus).name, list(labelled(Path(corpus))))
    best = json.loads(BEST.read_text("utf-8")) if BEST.exists() else {}
    fallen = [fault for name in got for fault in worse(got[name], best.get(name, {}))]
    if fallen:
        print("\n比已有最好成绩差：" + "；".join(fallen), file=sys.stderr)
        return 1
    BEST.write_text(json.dumps(got, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
