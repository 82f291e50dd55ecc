"""Write N invented decisions as JSON Lines: ``python examples/synthetic.py N SEED OUT.jsonl``.

Fast and seeded; used by the benchmarks. About 1,750 characters of text each.
"""

import json
import sys
from datetime import date, timedelta
from pathlib import Path

from samples.invent import Inventor
from samples.texts import make
from samples.topics import BY_KIND

KINDS = ("person", "company", "shop", "company", "person")
_LAST_DAY = date(2026, 10, 30)
_BATCH = 1_000


def main() -> None:
    """Write the file named on the command line."""
    count, seed, out = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    with out.open("w", encoding="utf-8") as lines:
        for index in range(count):
            if index % _BATCH == 0:
                inventor = Inventor(f"{seed}/{index // _BATCH}")
            decided = _LAST_DAY - timedelta(days=index * 1_500 // count)
            number = f"常综执罚决字〔{decided.year}〕第{index + 1:05}号"
            kind = KINDS[index % len(KINDS)]
            key = inventor.random.choice(BY_KIND[kind])
            sample = make(inventor, number, key, kind, decided)
            text = "\n".join(line for _, line in sample.paragraphs)
            lines.write(json.dumps(sample.record | {"document_text": text}, ensure_ascii=False))
            lines.write("\n")


if __name__ == "__main__":
    main()
