"""What the engines are asked, and whether they answer rightly."""

import random
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.public import Standing
from pipeline.projection.read import open_projection
from pipeline.site.lists import listed
from pipeline.site.search.card import card_of
from tests.browser.serving import ARGUMENTS, CHROMIUM, serve

Question = tuple[str, list["Known"]]
"""Words, and the decisions that hold them, the newest first."""

QUERIES = 50
"""Of each of four sorts."""

SHOWN = 10


@dataclass(frozen=True)
class Known:
    """One decision as every engine gets it."""

    slug: str
    date: str
    number: str
    text: str
    parties: str


@dataclass
class Tally:
    """What an engine did with the queries."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    fetched: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the figures in words."""
        fetched, took = sorted(self.fetched), sorted(self.took)
        middle, most = len(fetched) // 2, -1
        return (
            f"{self.right}/{self.right + len(self.wrong)} right, "
            f"{fetched[middle] / 1024:.0f} kB a query (most {fetched[most] / 1024:.0f}), "
            f"{took[middle] * 1000:.0f} ms (most {took[most] * 1000:.0f})"
        )


def known(projection: Path) -> list[Known]:
    """Return the decisions, the newest first."""
    found = []
    with open_projection(projection) as source:
        for row in source.rows(Standing.PUBLISHED):
            decision = source.record(row.slug).decision
            if decision is None:
                continue
            card = card_of(listed(row), decision)
            whole = f"{card.number}\n{card.organ}\n{card.title}\n{card.text}"
            parties = "\n".join(card.parties)
            found.append(Known(row.slug, card.date, card.number, whole, parties))
    return sorted(found, key=lambda each: (each.date, each.number), reverse=True)


def queries(decisions: list[Known]) -> list[Question]:
    """Return 200 queries and the decisions that answer each, the newest first."""
    draw = random.Random(7)
    asked: list[str] = []
    chinese = re.compile(r"[\u4e00-\u9fff]{2,}")
    for length in (2, 8):
        while len(asked) < QUERIES * (1 if length == 2 else 2):
            words = draw.choice(chinese.findall(draw.choice(decisions).text))
            if len(words) >= length:
                start = draw.randrange(len(words) - length + 1)
                asked.append(words[start : start + length])
    names = sorted(
        {n for each in decisions for n in re.findall(r"[\u4e00-\u9fff]{4,20}有限公司", each.text)}
    )
    asked += draw.sample(names, QUERIES)
    answers = [(words, [each for each in decisions if words in each.text]) for words in asked]
    for each in draw.sample(decisions, QUERIES):
        form = draw.choice(["{}", "{}", "[{}]"])
        number = each.number if form == "{}" else each.number.translate(str.maketrans("〔〕", "[]"))
        answers.append((number, [each]))
    return answers


def judge(
    tally: Tally, words: str, found: list[str], answers: list[Known], *, newest: bool
) -> None:
    """Count a query as right when what it shows is what the texts say.

    ``newest`` asks for the newest of the decisions, or for the newest of those that bear the
    words in the name of a party, and then of the others. An engine that ranks in its own way need
    only show decisions that hold the words.
    """
    wanted = {each.slug for each in answers}
    shown = found[:SHOWN]
    right = set(shown) <= wanted and len(shown) == min(SHOWN, len(wanted))
    if newest and right:
        dates = {each.slug: each.date for each in answers}
        named_first = sorted(answers, key=lambda each: words not in each.parties)
        orders = (sorted(each.date for each in order[:SHOWN]) for order in (answers, named_first))
        right = sorted(dates[slug] for slug in shown) in orders
    if right:
        tally.right += 1
    else:
        tally.wrong.append(words)


def in_browser(
    folder: Path,
    page: str,
    ready: str,
    ask: str,
    asked: list[Question],
    served: Callable[[Path], AbstractContextManager[str]] = serve,
) -> Tally:
    """Ask every query on a fresh page without anything kept from the one before."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    tally = Tally()
    with served(folder) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        for words, answers in asked:
            context = browser.new_context()
            tab = context.new_page()
            tab.goto(address + page)
            tab.evaluate(ready)
            got: list[object] = []
            tab.on("requestfinished", lambda each, got=got: got.append(each))
            took, urls = tab.evaluate(ask, words)
            tally.took.append(took / 1000)
            tally.fetched.append(sum(each.sizes()["responseBodySize"] for each in got))  # type: ignore[attr-defined]
            slugs = [re.sub(r".*decisions/|\.html.*", "", url) for url in urls]
            judge(tally, words, slugs, answers, newest=True)
            context.close()
        browser.close()
    return tally


def size_of(folder: Path) -> str:
    """Return size and number of files."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 2**20:.0f} MB in {len(files)} files"
