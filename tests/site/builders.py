"""Public records with invented people, and a site built from them."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from pipeline.domain.annual import AnnualFigures, Counted, Tally, figures_of
from pipeline.domain.case_number import CaseNumber
from pipeline.domain.cleared import ClearedDecision, ClearedParty, ClearedText, Run
from pipeline.domain.document import Block, bullets, heading, paragraph, table
from pipeline.domain.money import Fen
from pipeline.domain.party import PartyKind
from pipeline.domain.penalty import Penalty, PenaltyKind
from pipeline.domain.protected import Category
from pipeline.domain.public import CorrectionNote, Notice, PublicRecord, Standing
from pipeline.projection.codec import sealed
from pipeline.projection.model import Changes, Mark
from pipeline.projection.write import write_projection
from pipeline.settings import Agency, Folders, Footer, Settings, SiteIdentity
from pipeline.site.build import build_site
from pipeline.site.plugin import Built
from tests.conftest import ROOT

CONTENT = ROOT / "examples" / "changshan" / "content"
"""The content of the sample: the hand-written pages, and every list filled in."""

BASIS = "《常山县综合行政执法局行政执法公示制度》第九条第一项"


def text(plain: str) -> ClearedText:
    return (Run(plain),)


def masked(label: str, category: Category = Category.PERSON) -> Run:
    return Run(label, category, BASIS)


PERSON = ClearedParty(kind=PartyKind.NATURAL_PERSON, name=text("郝运来"))
COMPANY = ClearedParty(
    kind=PartyKind.LEGAL_PERSON,
    name=text("常山县青石桥建材有限公司"),
    code="91330822MA0000000X",
    representative=(masked("柳某"),),
)
SHOP = ClearedParty(
    kind=PartyKind.INDIVIDUAL_BUSINESS,
    name=text("常山县天马街道阿波面馆"),
    code="92330822MA0000001K",
    representative=text("葛大勇"),
)


def document(number: str, party: ClearedParty = COMPANY) -> tuple[Block[ClearedText], ...]:
    return (
        heading(text("行政处罚决定书"), 1),
        paragraph(text(number)),
        paragraph(
            (
                Run("当事人："),
                *party.name,
                Run("，联系人："),
                masked("柳某"),
                Run("，联系电话："),
                masked("＊＊＊＊", Category.PHONE),
                Run("，家庭住址：浙江省衢州市常山县"),
                masked("＊＊＊＊", Category.ADDRESS_HOME),
                Run("。"),
            )
        ),
        heading(text("一、违法事实"), 2),
        paragraph(
            text(
                "经查，当事人于2026年2月11日起，未经许可在城东大道人行道上堆放建筑材料，占用"
                "面积36.5平方米。执法人员现场检查时责令其当场改正，当事人逾期未改正。上述事实，有"
                "下列证据证明："
            )
        ),
        bullets(
            (
                text("现场检查（勘验）笔录一份，证明占道堆放的地点和面积；"),
                (Run("证人"), masked("洪某1"), Run("、"), masked("洪某2"), Run("的询问笔录；")),
                text("现场照片六张。"),
            )
        ),
        heading(text("二、处罚依据和决定"), 2),
        paragraph(
            text(
                "当事人的行为违反了《城市市容和环境卫生管理条例》第十四条的规定。依据该条例第三十"
                "四条第（二）项，决定处罚如下："
            )
        ),
        table(
            (
                (text("处罚种类"), text("金额"), text("缴款期限")),
                (text("罚款"), text("人民币12,000.50元"), text("收到决定书之日起15日内")),
                (text("没收违法所得"), text("3,200元"), text("收到决定书之日起15日内")),
            )
        ),
        paragraph(
            (
                Run("罚款缴至常山县财政局非税收入账户，当事人退款账号："),
                masked("＊＊＊＊", Category.BANK_ACCOUNT),
                Run("。不服本决定的，可以自收到之日起六十日内申请行政复议。"),
            )
        ),
        paragraph(text("常山县综合行政执法局\n2026年3月5日")),
    )


def number_of(n: int) -> CaseNumber:
    return CaseNumber.parse(f"常综执罚决字〔2026〕第{n:04}号")


def decision(n: int, *, party: ClearedParty = COMPANY, on: date | None = None) -> ClearedDecision:
    number = number_of(n)
    return ClearedDecision(
        key=number.key,
        slug=number.slug,
        case_number=number.display,
        organ="常山县综合行政执法局",
        organ_code="11330822002000000A",
        decided_on=on or date(2026, 3, 5) + timedelta(days=n),
        title=(*party.name, Run("未经许可占用道路堆放物料案")),
        parties=(party,),
        violation_kind=text("擅自占用道路堆放物料"),
        facts=text("未经许可在城东大道人行道上堆放建筑材料，逾期未改正。"),
        legal_basis=text("《城市市容和环境卫生管理条例》第三十四条第（二）项"),
        penalties=(
            Penalty(PenaltyKind.FINE, Fen(1200050)),
            Penalty(PenaltyKind.CONFISCATE_INCOME, Fen(320000)),
        ),
        penalty_text=text("罚款12,000.50元，没收违法所得3,200元。"),
        performance=text("已履行"),
        remark=(),
        document=document(number.display, party),
        masked=(
            (Category.PERSON, BASIS),
            (Category.PHONE, BASIS),
            (Category.ADDRESS_HOME, BASIS),
            (Category.BANK_ACCOUNT, "《常山县综合行政执法局行政执法公示制度》第九条第二项"),
        ),
    )


def published(
    n: int,
    *,
    party: ClearedParty = COMPANY,
    on: date | None = None,
    corrections: tuple[CorrectionNote, ...] = (),
) -> PublicRecord:
    return record_of(decision(n, party=party, on=on), corrections)


def record_of(
    cleared: ClearedDecision, corrections: tuple[CorrectionNote, ...] = ()
) -> PublicRecord:
    first = cleared.decided_on + timedelta(days=5)
    return sealed(
        PublicRecord(
            key=cleared.key,
            slug=cleared.slug,
            case_number=cleared.case_number,
            standing=Standing.PUBLISHED,
            first_published_on=first,
            changed_on=max([first, *(note.on for note in corrections)]),
            decision=cleared,
            corrections=corrections,
        )
    )


NOTICES = {
    Standing.WITHDRAWN: Notice(
        date(2026, 6, 1),
        "撤销",
        "原处罚决定经行政复议被撤销。",
        "《中华人民共和国行政处罚法》第四十八条",
    ),
    Standing.EXPIRED: Notice(
        date(2026, 6, 2),
        "公示期满",
        "",
        "《常山县综合行政执法局行政执法公示制度》第十一条",
    ),
    Standing.SUSPENDED: Notice(
        date(2026, 6, 3),
        "核实",
        "公示的内容需要核实。",
        "《常山县综合行政执法局行政执法公示制度》第十二条",
    ),
}


def gone(n: int, standing: Standing) -> PublicRecord:
    number = number_of(n)
    notice = NOTICES[standing]
    return sealed(
        PublicRecord(
            key=number.key,
            slug=number.slug,
            case_number=number.display,
            standing=standing,
            first_published_on=date(2026, 3, 20),
            changed_on=notice.on,
            notice=notice,
        )
    )


def _figures(year: int, *decided: tuple[int, PenaltyKind, str, str, int]) -> AnnualFigures:
    counted = [
        Counted(
            decided_on=date(year, month, 9),
            standing=standing,
            tally=Tally(kind=kind, party="法人", procedure="普通程序", area=area, fined=Fen(fined)),
        )
        for month, kind, standing, area, fined in decided
    ]
    acts = (("首次公示", len(decided)), ("更正", 1), ("撤下", 1), ("期满", 0))
    on, today = date(year, 12, 30), date(2026, 11, 20)
    return figures_of(year, counted, acts, counted_on=min(on, today), today=today)


FIGURES = (
    _figures(
        2026,
        (1, PenaltyKind.FINE, "公示中", "市容环卫", 200000),
        (3, PenaltyKind.CONFISCATE_INCOME, "公示中", "市容环卫", 1200050),
        (3, PenaltyKind.FINE, "公示中", "城乡规划", 1200000),
        (3, PenaltyKind.WARNING, "撤下", "其他", 0),
        (10, PenaltyKind.FINE, "不予公开", "市容环卫", 20000),
    ),
    _figures(2025, (11, PenaltyKind.FINE, "公示中", "市容环卫", 30000)),
)
"""The figures of two years, one of them not over."""


def settings_in(root: Path, **changed: object) -> Settings:
    """Return the settings of an invented bureau; ``changed`` replaces whole sections."""
    sections: dict[str, object] = {
        "site": SiteIdentity(
            name="常山县综合行政执法局行政处罚公示",
            url="https://zfj.example.gov.cn/gongshi",
            description="常山县综合行政执法局行政处罚决定公示",
        ),
        "agency": Agency(
            name="常山县综合行政执法局",
            phone="0570-5020000",
            address="常山县天马街道示例路1号",
            supervisor="常山县司法局",
        ),
        "footer": Footer(
            sponsor="常山县综合行政执法局",
            site_code="3308220000",
            icp="浙ICP备00000000号",
            police="浙公网安备 33082200000000号",
        ),
    }
    return Settings(
        root=root,
        folders=Folders(
            exports=root / "exports",
            content=CONTENT,
            state=root / "state",
            site=root / "public",
            theme=None,
            policies=root / "policies",
        ),
        **{"policy": "changshan-2021", **sections, **changed},  # type: ignore[arg-type]
    )


def project(path: Path, records: Iterable[PublicRecord]) -> Path:
    """Write the records as the public projection."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_projection(path, Changes(Mark("test", 1), records, whole=True, annual=FIGURES))
    return path


def build(root: Path, records: Iterable[PublicRecord], settings: Settings | None = None) -> Built:
    """Build the site of ``records`` into ``root/site``."""
    projection = project(root / "state" / "public.sqlite", records)
    return build_site(settings or settings_in(root), projection, root / "site")


SAMPLE = (
    published(1),
    published(2, party=PERSON),
    published(
        3,
        party=SHOP,
        on=date(2026, 1, 9),
        corrections=(CorrectionNote(date(2026, 4, 2), "更正了罚款的缴款期限。"),),
    ),
    published(4, on=date(2025, 11, 28)),
    gone(5, Standing.WITHDRAWN),
    gone(6, Standing.EXPIRED),
    gone(7, Standing.SUSPENDED),
)
"""One record of every standing and kind of party."""
