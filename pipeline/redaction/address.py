"""Home addresses, told from business, scene and agency addresses.

Whose an address is, is told by the words before it (住址, 户籍地, 家住; 经营地址, 位于) and, where
those leave it open (地址, 住所), by whom the text speaks of just before. A finding is the whole
address to the room number; what is masked of it begins below the county. The same address is
hidden wherever else it stands, whoever it is called there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick

from pipeline.domain.party import PartyKind
from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.address_form import DEFINITE, address_end
from pipeline.redaction.bare_address import bare_homes
from pipeline.redaction.divisions import below_county
from pipeline.redaction.labels import Kind, Label
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_AFTER_LABEL = re.compile(
    r"(?:(?:[ \r\n]{1,3}[地址])?[)）均也都]{0,2}[\s：:为是系即在于（(“\"]{0,6})"
)
_RECIPIENTS = ("信息", "件人", "货人")
_RECIPIENT = re.compile(r"[^，。；：,;:\n]{2,5}[，,、 ]{1,2}(?:1[0-9]{10}[，,、 ]{1,2})?")
_BARE = frozenset({"住", "居住", "现居", "户籍", "住宅", "居所", "住处", "暂住处"})
_NOT_LIVING = frozenset("院宿房宅处所满户建持过址")
_BEFORE_BARE = frozenset("，,。；;（( \n\t、：:人子女妻夫民工生业")
_PLACE = re.compile(
    r"(?:单位|公司|企业|店铺|门店|经营|注册|营业|办公|生产|登记|仓库|检查|案发|事发|违法|作业|施工|加工|"
    r"工程|项目|本局|我局|机关|缴款|法院|复议|抽样|存放|储存|网店|养殖|屠宰|法定|主要)[^，。；：\n]{0,6}$"
)
_PERSON = re.compile(
    r"身份证|性别|出生|民族|[汉满回苗壮畲]族|年龄|姓名|公民身份|自然人|投诉人|举报人|消费者|证人|文化程度|"
    r"[男女](?=[，,、\s\n])|受害人|被害人|当事人姓名|[收寄发]件人|收货人|买家|患者|死者|伤者|业主|住户|房东|租客|乘客|"
    r"学员|家长|家属|雇员|工人|司机|驾驶员"
)
_FIRM = re.compile(
    r"公司|[厂店馆]|企业|单位|经营部|经营者|字号|信用代码|执照|法定代表人|负责人|合作社|超市|[局院所]|学校|中心|政府|委员会|大队|"
    r"纳税人|许可证"
)
_NUMBERED = re.compile(r"[0-9一二三四五六七八九十]")
_FEW = 16
_BY_SUBJECT = frozenset({"地址", "住所", "住所地", "住所地址", "住所（住址）", "住所(住址)"})
_HEAD = re.compile(r"法定代表人|负责人|信用代码|经营者|营业执照")
_SETTLEMENT = re.compile(r".[镇乡村寨屯庄]|.街道|小区|花园|公寓")
_HOUSE = re.compile(r"[0-9一二三四五六七八九十][号室组户幢栋弄单]|[0-9]-[0-9]")


class HomeAddress:
    """Finds the addresses at which people live."""

    name = "home_address"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every home address of ``text`` and the open ones that stay."""
        reading = read(text)
        found: list[Finding] = []
        kept: list[Kept] = []
        add = finder(reading, (), Category.ADDRESS_HOME, self.name, found)
        homes: list[str] = []
        taken = 0
        for label in reading.labels:
            if label.kind not in _KINDS or label.start < taken:
                continue
            span = _address(reading.text, label)
            if span is None:
                continue
            taken = span[1]
            whose = _whose(reading.text, label, known)
            if whose is None:
                place = reading.original(*span)
                kept.append(Kept(place, "地址", self.name, "单位、经营或者违法行为的地点"))
            else:
                add(*span, *whose)
                homes.append(reading.text[slice(*span)])
        for start, end, evidence in bare_homes(reading):
            add(start, end, evidence, Confidence.PROBABLE)
            homes.append(reading.text[start:end])
        for start, end in _again(reading.text, [*homes, *known.homes]):
            add(start, end, "与住址相同")
        del protected
        return [*found, *kept]


_KINDS = frozenset({Kind.HOME, Kind.ADDRESS, Kind.PLACE})


def _whose(text: str, label: Label, known: Known) -> tuple[str, Confidence] | None:
    """Return why the address after ``label`` is a home, or ``None`` when it stays."""
    if label.kind is Kind.PLACE:
        return None
    if label.kind is Kind.HOME:
        return "居住的词语之后的地址", Confidence.CERTAIN
    start = label.start
    if _PLACE.search(text, max(0, start - 12), start):
        return None
    window = text[max(0, start - 150) : start]
    said = text[label.start : label.end]
    person = max((m.end() for m in _PERSON.finditer(window)), default=-1)
    firm = max((m.end() for m in _FIRM.finditer(window)), default=-1)
    if person > firm and not (said in _BY_SUBJECT and _HEAD.search(window)):
        return "前文所说的自然人的地址", Confidence.PROBABLE
    ahead = text[label.end : label.end + 80]
    firms = any(party.kind is not PartyKind.NATURAL_PERSON for party in known.parties)
    if firm >= 0 or firms or (said in _BY_SUBJECT and _HEAD.search(ahead)):
        return None
    return "不能确定是谁的地址", Confidence.DOUBTFUL


def _address(text: str, label: Label) -> tuple[int, int] | None:
    """Return where the address after ``label`` stands, when there is one below the county."""
    gap = _AFTER_LABEL.match(text, label.end)
    start = gap.end() if gap else label.end
    if text.endswith(_RECIPIENTS, label.start, label.end) and (
        name := _RECIPIENT.match(text, start)
    ):
        start = name.end()
    end = address_end(text, start)
    if end is None:
        return None
    below = below_county(text, start, end)
    if below >= end or not DEFINITE.search(text, below, end):
        return None
    if text[label.start : label.end] in _BARE and below == start:
        before = text[label.start - 1 : label.start]
        if text[label.end : label.end + 1] in _NOT_LIVING or (
            before and before not in _BEFORE_BARE
        ):
            return None
    said = text[label.end - 1 : label.end]
    if said not in "址地籍" and _HOUSE.search(text, below, end) is None:
        return (start, end) if _SETTLEMENT.search(text, below, end) else None
    return start, end


def _again(text: str, homes: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield every place of an address that is known; of thousands (a table) all in one pass."""
    cores = sorted({core for home in homes for core in _cores(home)})
    if len(cores) > _FEW:
        ends = [0] * len(cores)
        for which, start, end in AhoCorasick(cores).find_matches_as_indexes(text, overlapping=True):
            if start >= ends[which]:
                ends[which] = end
                yield start, end
        return
    for core in cores:
        start = text.find(core)
        while start >= 0:
            yield start, start + len(core)
            start = text.find(core, start + len(core))


_SMALL = re.compile(r"[^省市县区镇乡道]{2,8}(?:村|小区|花园|家园|公寓|苑|路|街|巷|弄)[0-9].*$")


def _cores(home: str) -> Iterator[str]:
    home = home.strip()
    core = home[below_county(home, 0, len(home)) :]
    if len(core) >= 5 and _HOUSE.search(core):
        yield core
        if small := _SMALL.search(core):
            yield small.group()
