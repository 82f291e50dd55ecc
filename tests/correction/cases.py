"""Requests with valid defaults for the tests of this room. All invented."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.domain.basis import Basis
from pipeline.domain.correction import (
    Asked,
    Evidence,
    Kind,
    Replied,
    Request,
    RequestNumber,
    Ruled,
    Ruling,
    Way,
)
from pipeline.domain.text import RawText
from pipeline.settings import Agency, Folders, Settings, SiteIdentity

RECEIVED = date(2026, 11, 16)
ASKER = "欧阳试甲"
CONTACT = "13855550123"
CLAIM = "页面上的罚款金额是二千元。\n决定书上是二百元。"
BASIS = Basis("某县公示办法", "第十二条")


def request(kind: Kind = Kind.CORRECTION, *, received: date = RECEIVED, n: int = 1) -> Request:
    """Return a request that nobody has decided."""
    asked = Asked(
        kind=kind,
        key="青综执罚决字〔2026〕1",
        case_number="青综执罚决字〔2026〕第1号",
        received_on=received,
        officer="毕春和",
        asker=RawText(ASKER),
        contact=RawText(CONTACT),
        claim=RawText(CLAIM),
        evidence=(Evidence("01-照片.jpg", 7, "0" * 64),),
        folder="2026-1-correction",
    )
    return Request(number=RequestNumber(kind.word, received.year, n), asked=asked)


def ruled(
    ruling: Ruling, on: date, before: Request | None = None, *, way: Way | None = None
) -> Request:
    """Return a request that was decided; one that changes the page adds a note unless told."""
    if ruling.changes_page and way is None:
        way = Way.NOTE
    decision = Ruled(
        ruling=ruling,
        on=on,
        actor="申屠远",
        reason=RawText("经核对决定书和页面"),
        bases=(BASIS,),
        way=way,
        note="更正了罚款金额" if way else "",
    )
    return replace(before or request(), ruled=decision)


def replied(before: Request, on: date) -> Request:
    """Return a request that was answered."""
    return replace(
        before, replied=Replied(on=on, actor="申屠远", letter_number="青综执函〔2026〕8号")
    )


def settings_in(root: Path) -> Settings:
    """Return the settings of an invented bureau."""
    folders = {name: root / name for name in ("exports", "content", "state", "site", "policies")}
    return Settings(
        root=root,
        site=SiteIdentity(name="青石县行政处罚公示", url="https://qs.example.gov.cn/gongshi"),
        agency=Agency(name="青石县综合行政执法局", phone="0570-5021234"),
        footer=None,  # type: ignore[arg-type] # a letter has no footer of the site
        folders=Folders(theme=None, **folders),
        policy="changshan-2021",
    )
