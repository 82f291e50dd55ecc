"""What leads to a child beside its name: school, year, class. The name goes as all names do."""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_NUMBER = "〇零一二三四五六七八九十0-9"
_BODY = r"[^\s，。；、：,;:（）()“”\"《》]"
_ATTENDS = re.compile(
    f"(?:就读|入读|上学)(?:于|在)?{_BODY}{{2,24}}?(?:学校|小学|中学|高中|初中|幼儿园|[{_NUMBER}附实][小中])"
    f"(?:[{_NUMBER}高初大中小]{{1,4}}(?:年级)?(?:[（(]?[{_NUMBER}]{{1,3}}[)）]?班)?)?"
)
_CLASS = re.compile(
    f"(?:[\u4e00-\u9fff]{{2,16}}?(?:学校|小学|中学|高中|初中|幼儿园|[一二三四五六七八九十][小中]))?"
    f"(?:(?:[高初]?[{_NUMBER}]{{1,3}}年级|[高初][一二三]|[小中大]班)"
    f"(?:[（(]?[{_NUMBER}]{{1,3}}[)）]?班)?(?=的?(?:学生|同学|幼儿|孩子|女生|男生|班主任|读书|就读|上学))"
    f"|(?:[高初小]?[一二三四五六](?:年级)?)[（(]?[{_NUMBER}]{{1,3}}[)）]?班(?=[）)，,。；]))"
    f"|(?:[\u4e00-\u9fff]{{2,12}}?(?:学校|小学|中学|[一二三四五六七八九十]中))?就?读[高初小][一二三四五六]"
)
_CUT = re.compile(r".*(?:系|是|为|在|到|于|的|子|女)(?=[\u4e00-\u9fff]{2})")


class Minor:
    """Finds the school and class of a child."""

    name = "minor"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every phrase that tells where a child goes to school."""
        del known
        found: list[Finding] = []
        reading = read(text)
        if not reading.of_kind(Kind.SCHOOL):
            return found
        add = finder(reading, protected, Category.MINOR, self.name, found)
        for label in reading.of_kind(Kind.SCHOOL):
            if attends := _ATTENDS.match(reading.text, label.start):
                add(*attends.span(), "未成年人的学校和班级")
                continue
            low = max(0, label.start - 24)
            if phrase := _CLASS.search(reading.text, low, label.end + 16):
                cut = _CUT.match(phrase.group())
                add(
                    phrase.start() + (cut.end() if cut else 0), phrase.end(), "未成年人的学校和班级"
                )
        return found
