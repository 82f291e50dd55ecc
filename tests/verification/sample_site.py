"""A small clean site, written file by file, that tests spoil in one place."""

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.domain.public import Standing
from pipeline.verification.verify import Expectation, Memory, VerifiedSite, verify

A, B, GONE = "2024/12-0a1b2c3d4e", "2024/13-1b2c3d4e5f", "2023/7-2c3d4e5f60"

CLEAN = """<p>浙江省常山县百顺商贸有限公司，统一社会信用代码91330822MA28F0XX0X，
另一统一社会信用代码913308227045123451，注册号330822000012345。</p>
<p>常综执罚决字〔2024〕第12号，2024年5月6日，2024-05-06，2024.05.06，20240506，二〇二四年五月六日。</p>
<p>罚款人民币壹万贰仟元整（￥12,000.00元），没收违法所得13800.50元，货值金额1,380,000,000元。</p>
<p>违反《中华人民共和国食品安全法》第三十四条第一款第（十）项，GB7718-2011，标准GB 2760—2014。</p>
<p>生产批号20240506131415，条形码6901234567892，订单2024050600000001234567，面积1380.25平方米。</p>
<p>浙ICP备12345678号，京公网安备11010502030143号，网站标识码3308220001。</p>
<p>2021 2022 2023 2024 2025年度，第150 2024-03-12号台账，1.30 2.40 5.50 6.60 7.70 8.80。</p>
<p>许可证编号JY13308220012345，食品新GB7718标签，坐标118.51138001，28.90138001。</p>
<p>当事人王某某，证人李某，身份证号＊＊＊＊，电话＊＊＊＊，车牌＊＊＊＊，浙A＊＊＊＊。</p>
<p>向人民政府申请行政复议，电话0570-5012345，或者12345。</p>
"""


@dataclass(frozen=True)
class Record:
    """An expected address."""

    slug: str
    case_number: str
    standing: Standing = Standing.PUBLISHED


@dataclass
class Site:
    """A folder with a site, and what is expected of it."""

    tree: Path
    records: list[Record]
    hidden: dict[str, tuple[str, ...]] = field(default_factory=dict)
    banished: tuple[str, ...] = ()
    shown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    public_values: tuple[str, ...] = ("0570-5012345", "bureau@example.gov.cn")
    listed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    base_url: str = ""

    def write(self, path: str, content: str | bytes) -> None:
        """Put a file into the site."""
        target = self.tree / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def verify(self, memory: Memory | None = None) -> VerifiedSite:
        """Verify the whole, or what ``memory`` does not know as clean."""
        expectation = Expectation(
            records=self.records,
            hidden=self.hidden,
            banished=self.banished,
            shown=self.shown,
            public_values=self.public_values,
            listed=self.listed,
            base_url=self.base_url,
        )
        return verify(self.tree, expectation, memory=memory)


def page(body: str, *, root: str = "../../") -> str:
    """Return a page as the theme writes one."""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>公示</title>'
        f'<link rel="stylesheet" href="{root}theme/site.css"></head><body>'
        f'<a class="skip" href="#main">跳到正文</a><main id="main">{body}</main>'
        f'<footer><a href="{root}index.html">首页</a> 电话0570-5012345 bureau@example.gov.cn'
        f'<a href="https://www.gov.cn/">中国政府网</a></footer></body></html>'
    )


def listing(records: list[Record]) -> str:
    """Return a page that links to every record."""
    items = (f'<a href="decisions/{r.slug}.html">{r.case_number}</a>' for r in records)
    return page("".join(items), root="")


def clean_site(tree: Path) -> Site:
    """Return a clean site of two published decisions and one gone."""
    records = [
        Record(A, "常综执罚决字〔2024〕第12号"),
        Record(B, "常综执罚决字〔2024〕第13号"),
        Record(GONE, "常综执罚决字〔2023〕第7号", Standing.WITHDRAWN),
    ]
    made = Site(tree, records)
    for record in records[:2]:
        made.write(f"decisions/{record.slug}.html", page(f"<h1>{record.case_number}</h1>{CLEAN}"))
    gone = "<h1>本决定已撤下</h1><p>常综执罚决字〔2023〕第7号</p>"
    made.write(f"decisions/{GONE}.html", page(gone))
    items = "".join(
        f'<li><a href="decisions/{r.slug}.html">{r.case_number}</a></li>' for r in records
    )
    made.write("index.html", page(f"<ul>{items}</ul>", root=""))
    made.write("theme/site.css", "body{color:#333}@media print{nav{display:none}}")
    return made
