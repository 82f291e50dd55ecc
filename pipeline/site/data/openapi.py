"""The description of the static API in OpenAPI 3.1, with schemas made from the types themselves."""
# ruff: noqa: E501 - a table is read by its rows

import re
from collections.abc import Mapping

import msgspec

from pipeline.site.data.api import ROOT, CategoryCount, Index, MonthList, Withdrawal
from pipeline.site.data.entry import OpenDecision
from pipeline.site.data.publisher import Publisher
from pipeline.site.data.years import YearFiles

_MONTH = "^[0-9]{2}(-[0-9]+)?$"
_TYPES = {
    "index.json": (Index, "目录", "各月清单和各年下载文件的地址"),
    "months/{year}/{month}.json": (MonthList, "一个月作出的决定", "较长的月份分几部分，older 指向下一部分"),
    "decisions/{year}/{id}.json": (OpenDecision, "一件决定", "撤下、期满以后这个文件不复存在，返回 404"),
    "violations.json": (tuple[CategoryCount, ...], "违法行为类型", "件数多的在前"),
    "penalties.json": (tuple[CategoryCount, ...], "处罚种类", "一件决定可以有几种"),
    "agencies.json": (tuple[CategoryCount, ...], "处罚机关", "件数多的在前"),
    "withdrawals.json": (tuple[Withdrawal, ...], "撤下说明", "已经取得这些决定的，请删除"),
}  # fmt: skip
_PARAMETERS = {
    "year": ("年份", "^[0-9]{4}$"),
    "month": ("月份，或者月份和部分", _MONTH),
    "id": ("决定的标识，见清单中的地址", "^[0-9A-Za-z-]+$"),
}
_LISTING = "/data/index.json"
_TERMS = "免费使用，请注明来源；不得用于汇集个人信息。见开放数据页。"


def description(publisher: Publisher) -> bytes:
    """Return the description; the same for the same publisher."""
    kinds = [kind for kind, _, _ in _TYPES.values()] + [tuple[YearFiles, ...]]
    schemas, components = msgspec.json.schema_components(
        kinds, ref_template="#/components/schemas/{name}"
    )
    paths: dict[str, object] = {
        f"/{ROOT}{name}": _path(name, title, about, schema)
        for (name, (_, title, about)), schema in zip(_TYPES.items(), schemas, strict=False)
    }
    paths[_LISTING] = _path(_LISTING, "各年的下载文件", "version 变了才需要重新下载", schemas[-1])
    return msgspec.json.format(
        msgspec.json.encode(
            {
                "openapi": "3.1.0",
                "info": {
                    "title": f"{publisher.site}数据接口",
                    "version": "1",
                    "summary": "静态文件，只读，不需要登录和密钥",
                    "description": f"{publisher.name}正在公示的行政处罚决定。{_TERMS}",
                },
                "servers": [{"url": publisher.url or "/"}],
                "paths": paths,
                "components": {"schemas": components},
            }
        ),
        indent=1,
    )


def _path(name: str, title: str, about: str, schema: Mapping[str, object]) -> dict[str, object]:
    named = re.findall(r"\{(\w+)\}", name)
    operation: dict[str, object] = {
        "operationId": "-".join(re.findall(r"[a-z]+", name.removesuffix(".json"))),
        "summary": title,
        "description": about,
        "responses": {
            "200": {"description": title, "content": {"application/json": {"schema": schema}}}
        },
    }
    if named:
        operation["parameters"] = [_parameter(each) for each in named]
        operation["responses"] = {
            **dict(operation["responses"]),  # type: ignore[call-overload]
            "404": {"description": "没有，或者不再公示"},
        }
    return {"get": operation}


def _parameter(name: str) -> dict[str, object]:
    about, pattern = _PARAMETERS[name]
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": about,
        "schema": {"type": "string", "pattern": pattern},
    }
