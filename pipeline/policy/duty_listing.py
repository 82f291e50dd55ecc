"""Duties in words, for the listing of the rules."""

from collections.abc import Iterator

from pipeline.policy.duty import Duty

HEADINGS = ("规则", "内容", "适用", "没有做到时", "依据", "怎样补正", "出自")

_LABELS = {
    "media": "记录方式：{}",
    "documents": "文书名称含其一：{}",
    "contents": "应当载明：{}",
    "methods": "送达方式：{}",
    "classes": "永久保存：{}",
    "parts": "格式：{}",
    "others": "应当同时有：{}",
    "points": "审核内容编号：{}",
    "kinds": "处罚种类：{}",
    "fine_person": "自然人、个体工商户罚没合计 {} 元以上",
    "fine_organisation": "单位罚没合计 {} 元以上",
    "words": "文书用语：{}",
    "causes": "目录案由：{}",
    "statutes": "目录法规：{}",
}


def duty_rows(duties: tuple[Duty, ...]) -> list[tuple[str, ...]]:
    """Return a row for each duty, under ``HEADINGS``."""
    return [
        (
            duty.key,
            duty.title,
            "；".join(_scope(duty)),
            duty.effect,
            str(duty.basis),
            duty.remedy,
            duty.pack,
        )
        for duty in duties
    ]


def _scope(duty: Duty) -> Iterator[str]:
    if duty.procedures:
        yield "、".join(duty.procedures)
    if duty.acts:
        yield "行为：" + "、".join(duty.acts)
    if "fine_person" in dict(duty.params):
        yield "经过听证程序的，导出写明属于七类之一的，一律在内"
    for name, values in duty.params:
        if values:
            yield _LABELS[name].format("、".join(values))
