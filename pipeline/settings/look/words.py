"""The words of the site that bureaus really choose for themselves, with what stands there else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.domain.faults import Fault
from pipeline.settings.faults import fault, unknown_keys

AGENCY = "{agency}"
"""Stands for the name of the bureau in any of the words."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of the words: ``text`` unless set, ``most`` characters, ``place`` where it stands."""

    text: str
    most: int
    place: str


WORDS: Mapping[str, Word] = {
    "home": Word("首页", 6, "主导航的第一项"),
    "beforehand": Word("事前公示", 8, "主导航和页名"),
    "decisions": Word("处罚决定", 8, "主导航和页名"),
    "statistics": Word("年度统计", 8, "主导航和页名"),
    "large": Word("长者版", 6, "页首大字版的入口"),
    "title": Word("行政处罚决定公示", 20, "首页的大标题"),
    "intro": Word(
        f"{AGENCY}在这里公开适用普通程序作出的行政处罚决定。每份决定按规定隐去个人信息后全文"
        "公开，公开期满或者依法应当撤下的不再显示。",
        300,
        "首页大标题下的说明",
    ),
    "search": Word("检索企业名称、文号或者词句", 30, "检索框上面的提示"),
    "latest": Word("最新公示", 12, "首页最新一栏"),
    "help": Word("认为公示有误？", 16, "首页更正一栏的标题"),
    "scope": Word("公开什么，不公开什么", 20, "首页说明范围一栏"),
    "sponsor": Word("主办单位", 8, "页脚主办单位前的称呼"),
}
"""Every word that can be set."""


def word_faults(found: Mapping[str, object], section: str) -> Iterator[Fault]:
    """Yield what is wrong with the words that were set: unknown, not one line, too long."""
    yield from unknown_keys(found, WORDS, section)
    for key in WORDS.keys() & found.keys():
        text, most = found[key], WORDS[key].most
        if not isinstance(text, str) or not text.strip() or not text.strip().isprintable():
            yield fault(f"{section}.{key}", "应是一行文字", "写一行文字，或者删去这一项用自带的")
        elif len(text.strip()) > most:
            remedy = f"这里放得下 {most} 个字，请写短"
            yield fault(f"{section}.{key}", f"有 {len(text.strip())} 个字，太长", remedy)


def words_of(found: Mapping[str, object]) -> Mapping[str, str]:
    """Return all the words, those set in ``found`` before those delivered."""
    return {key: str(found.get(key) or word.text).strip() for key, word in WORDS.items()}
