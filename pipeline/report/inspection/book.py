"""The ledger for the supervising authority: what was done, when, by whom, under which article."""

from pipeline.lifecycle.model import State
from pipeline.report.inspection.model import Inspection
from pipeline.report.workbook import Sheet, workbook


def inspection_book(it: Inspection) -> bytes:
    """Return the workbook as XLSX."""
    return workbook(
        (
            Sheet(
                "十四种情形",
                ("项", "情形", "由什么检查", "发现", "软件看不到的", "依据"),
                [
                    (f.trigger.number, f.trigger.title, f.trigger.watch, str(f), f.trigger.limits,
                     str(f.trigger.basis))
                    for f in it.findings
                ],
            ),
            Sheet(
                "台账经过",
                ("序号", "日期", "文号", "事项", "经办", "说明和依据"),
                [
                    (a.seq, a.on.isoformat(), a.case_number, a.kind, a.actor, a.summary)
                    for a in it.history.acts
                ],
            ),
            Sheet(
                "期限履行",
                ("文号", "事项", "起算", "应在", "办结", "是否逾期", "依据"),
                [
                    (d.case_number, d.title, d.since.isoformat(), d.due.isoformat(),
                     d.done_on.isoformat(), "逾期" if d.is_late else "按期", d.basis)
                    for d in it.history.deeds
                ],
            ),
            Sheet(
                "待处理",
                ("类别", "文号或者位置", "理由", "依据", "处理办法", "期限", "紧急程度"),
                [
                    (m.kind.value, m.subject, p.title, p.basis, p.remedy,
                     str(m.due) if m.due else "", m.urgency.value if m.urgency else "")
                    for m in it.matters
                    for p in m.points
                ],
            ),
            Sheet(
                "案卷检查",
                ("发现", "依据", "件数", "文号"),
                [
                    (each.point.title, each.point.basis, each.count, number)
                    for each in it.lacks
                    for number in each.numbers
                ],
            ),
            Sheet(
                "不予公开",
                ("理由", "依据", "件数"),
                [(t.title, t.basis, t.count) for t in it.withheld],
            ),
            Sheet("抽查", ("序号", "文号"), list(enumerate(it.drawn, start=1))),
            Sheet("件数", ("状态", "件数"), [(s.value, it.standing.get(s, 0)) for s in State]),
        )
    )  # fmt: skip
