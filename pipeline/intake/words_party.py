"""The punished parties where a 决定书 names them in labelled lines of its head.

Only what a label says is taken. A party whose kind is not plain is not taken at all.
"""

import re
from collections.abc import Iterator
from contextlib import suppress

from pipeline.domain.dates import parse_date
from pipeline.domain.party import Party, PartyKind
from pipeline.domain.text import RawText

_HEAD_LINES = 40
_LABELS = {
    "name": r"当事人(?:姓名|名称|姓名或名称|(?:\((?:姓名或?名称|姓名/名称|单位|个人)\)))?"
    r"|被处罚(?:人|单位|对象)(?:姓名|名称)?(?:\(.{1,8}\))?",
    "code": r"统一社会信用代码(?:\(.{1,12}\))?",
    "representative": r"法定代表人(?:\(?负责人\)?|/负责人)?(?:姓名)?|负责人|经营者(?:姓名)?",
    "identifier": r"(?:居民|公民)?身份(?:证|证件)?(?:号码?|编号)|公民身份号码|证件号码?|护照号码?",
    "contact": r"联系电话|电话|手机号?码?|联系方式",
    "address": r"(?:家庭|现)?住址|住所(?:地|\((?:住址|经营场所)\))?|地址|户籍地|经营场所",
    "birth": r"出生(?:日期|年月日?)",
    "gender": r"性别",
    "kind": r"(?:当事人|主体)(?:类别|类型)|行政相对人类别",
}
_LABEL = re.compile(
    r"(?:^|(?<=[\s,，;；。]))(?:"
    + "|".join(f"(?P<{field}>{pattern})" for field, pattern in _LABELS.items())
    + r")\s*:\s*"
)
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])")
_ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
_COMPANY = re.compile(r"(?<!分)公司$|合作社$")
_BRANCH = re.compile(r"分公司$")
_ASIDE = re.compile(
    r"\((?:以下|下称|简称|男|女|身份|公民|居民|性别|统一|营业|字号|住|系|法定|经营).*$"
)
_GENDER = re.compile(r"[,，、\s(](?:男|女)(?:性)?(?:[,，、\s)。;]|$)")
_BORN = re.compile(r"(?:出?生于)?(\d{4}年\d{1,2}月\d{1,2}日)(?:出?生)?")

Labelled = tuple[tuple[str, str], ...]
"""(field, value) pairs in the order of the document."""


def parties_in(lines: tuple[str, ...]) -> tuple[Party, ...]:
    """Return the parties named by labels (当事人：…) in the head of a document.

    ``lines`` are NFKC-normalised. Returns ``()`` when the kind of any party is not plain.
    """
    groups = _by_party(tuple(_labelled(lines[:_HEAD_LINES])))
    parties = [_party(group) for group in groups]
    found = tuple(party for party in parties if party is not None)
    return found if len(found) == len(parties) else ()


def _labelled(lines: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if ":" not in line:
            continue
        marks = list(_LABEL.finditer(line))
        ends = [*(mark.start() for mark in marks[1:]), len(line)]
        for mark, end in zip(marks, ends, strict=False):
            value = line[mark.end() : end].strip(" ,，;；。\t")
            if mark.lastgroup and value:
                yield mark.lastgroup, value


def _by_party(labelled: Labelled) -> list[dict[str, str]]:
    groups: list[dict[str, str]] = []
    for field, value in labelled:
        if field == "name":
            groups.append({})
        if groups:
            groups[-1].setdefault(field, value)
    return groups


def _party(said: dict[str, str]) -> Party | None:
    name, rest = _name_and_rest(said["name"])
    said = {**_said_in_passing(rest), **said}
    kind = _kind(said, name)
    if kind is None or not name:
        return None
    natural = kind is PartyKind.NATURAL_PERSON
    birth_date = None
    with suppress(ValueError):
        birth_date = parse_date(said["birth"]) if "birth" in said else None
    code = _CODE.search(said.get("code", ""))
    return Party(
        kind=kind,
        name=RawText(name),
        code=code[0] if code and not natural else "",
        representative=RawText(said.get("representative", "").split(" ")[0]),
        identifiers=tuple(RawText(value) for value in (said.get("identifier"),) if value),
        contacts=tuple(RawText(value) for value in (said.get("contact"),) if value),
        address=RawText(said.get("address", "")),
        birth_date=birth_date,
    )


def _name_and_rest(value: str) -> tuple[str, str]:
    """Part a name from what follows it; brackets that belong to it (某某(浙江)公司) stay."""
    name = re.split(r"[,，;；。\s]", _ASIDE.sub("", value), maxsplit=1)[0]
    return name, value[len(name) :]


def _said_in_passing(rest: str) -> dict[str, str]:
    """Return what follows a name without labels (，男，1990年1月1日出生)."""
    said: dict[str, str] = {}
    if _GENDER.search(rest):
        said["gender"] = "男女"
    if (born := _BORN.search(rest)) and "生" in born[0]:
        said["birth"] = born[1]
    if number := _ID.search(rest):
        said["identifier"] = number[0]
    return said


def _kind(said: dict[str, str], name: str) -> PartyKind | None:
    """Return the kind that is stated, or that a number or the form of the name settles."""
    with suppress(ValueError):
        return PartyKind(said.get("kind", ""))
    if _BRANCH.search(name):
        return PartyKind.UNINCORPORATED
    if (code := _CODE.search(said.get("code", ""))) and code[0].startswith("92"):
        return PartyKind.INDIVIDUAL_BUSINESS
    if _COMPANY.search(name):
        return PartyKind.LEGAL_PERSON
    personal = "gender" in said or "birth" in said or _ID.search(said.get("identifier", ""))
    if personal and not code and "representative" not in said and len(name) <= 16:
        return PartyKind.NATURAL_PERSON
    return None
