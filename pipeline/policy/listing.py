"""The rules in words: ``gongshi rules`` for the terminal, ``docs/rules.md`` for the signature.

Run ``python -m pipeline.policy.listing docs/rules.md`` after a pack was changed.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.policy.duty_listing import HEADINGS, duty_rows
from pipeline.policy.load import load_policy, pack_keys
from pipeline.policy.model import Clock, Policy
from pipeline.policy.vocabulary import PAGES

_HEAD = """# 规则表

本表由制度文件生成，供法制审核人员核对、签署；不要手改。修改 `pipeline/policy/packs/` 中的文件后，
运行 `python -m pipeline.policy.listing docs/rules.md` 重新生成。

“不予公开”是明确适用时的结果；同一规则所需的内容没有说明、或者有疑点时，一律待核，按“怎样放行”补充。

全过程记录按导出的案件记录清单核对：没有做到时“待核”的，决定不公示，做到或者说明之后放行；“报告”的，写入
每晚的工作报告，不影响公示。没有随决定导出清单的，只报告这一件事；要求必须导出的单位，在自己的制度文件里
以 record-list 为键、写明 gate: true。法制审核、集体讨论和决定书按审查表、扩展列和文书
核对，与清单无关。

制度文件一览：
"""


def rules_text(policy: Policy) -> str:
    """Return what is in force under ``policy`` and which rules lost, for the terminal."""
    return "\n".join(_lines(policy, _plain_table))


def rules_page(policies: Iterable[Policy]) -> str:
    """Return the page that the legal reviewers sign, in Markdown."""
    listed = tuple(policies)
    contents = [f"- {policy.title}（`{policy.key}`）" for policy in listed]
    parts = ("\n".join(_lines(policy, _markdown_table)) for policy in listed)
    words = "\n".join(_words(listed))
    return "\n".join((_HEAD, *contents, "", *parts, words)) + "\n"


def _words(policies: Sequence[Policy]) -> Iterator[str]:
    """Yield the words that exports may use for each act: a table of its own, once."""
    yield "## 记录清单中各种行为的叫法\n"
    words: dict[str, list[str]] = {}
    for policy in policies:
        for word, act in policy.acts.items():
            if word != act and word not in words.setdefault(act, []):
                words[act].append(word)
    rows = [(act, "、".join(also)) for act, also in words.items()]
    yield from _markdown_table(("行为", "也认"), rows)


Table = tuple[tuple[str, ...], Sequence[tuple[str, ...]]]
Show = Callable[[tuple[str, ...], Sequence[tuple[str, ...]]], Iterator[str]]


def _lines(policy: Policy, show: Show) -> Iterator[str]:
    yield f"## {policy.title}"
    yield ""
    yield f"制度文件：{' → '.join(key for key, _ in policy.packs)}；规则指纹：{policy.digest[:16]}"
    for title, table in _tables(policy):
        yield f"\n### {title}\n"
        yield from show(*table)
    yield ""


def _tables(policy: Policy) -> Iterator[tuple[str, Table]]:
    yield (
        "不予公开与待核",
        (
            ("规则", "内容", "结果", "依据", "怎样放行", "出自"),
            [
                (r.key, _with_lists(r.title, r.params), r.effect.value, str(r.basis), r.remedy,
                 r.pack)
                for r in policy.screening
            ],
        ),
    )  # fmt: skip
    yield (
        "隐去的信息",
        (
            ("种类", "处理", "依据", "出自"),
            [
                (m.category.chinese, _hidden(m.hide), str(m.basis), m.pack)
                for m in policy.masks.values()
            ],
        ),
    )
    yield (
        "姓名",
        (
            ("谁的", "处理", "依据", "出自"),
            [(n.whose.value, _hidden(n.hide), str(n.basis), n.pack) for n in policy.names.values()],
        ),
    )
    yield (
        "期限与限度",
        (
            ("事项", "期限", "依据", "出自"),
            [_clock(clock) for clock in policy.clocks.values()]
            + [(x.key, f"{x.value:g}", x.reason, x.pack) for x in policy.limits],
        ),
    )
    yield (
        "必须公开的栏目",
        (
            ("栏目", "文件", "依据", "出自"),
            [(PAGES[p.key], p.key, str(p.basis), p.pack) for p in policy.pages.values()],
        ),
    )
    yield "全过程记录", (HEADINGS, duty_rows(policy.records))
    yield "法制审核、集体讨论和决定书", (HEADINGS, duty_rows(policy.review))
    yield (
        "未采用的规定",
        (
            ("规则", "怎样规定", "出自", "采用", "理由"),
            [(o.key, o.said, o.pack, o.by, o.why) for o in policy.overruled],
        ),
    )


def _clock(clock: Clock) -> tuple[str, str, str, str]:
    return clock.title, clock.period, str(clock.basis), clock.pack


def _hidden(hide: bool) -> str:
    return "隐去" if hide else "保留"


def _with_lists(title: str, params: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    lists = "；".join("、".join(values) for _, values in params if values)
    return f"{title}（{lists}）" if lists else title


def _markdown_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        yield "无。"
        return
    yield f"| {' | '.join(headings)} |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _plain_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        yield "  无"
    for row in rows:
        yield f"- {row[0]}"
        yield from (
            f"    {heading}：{cell}"
            for heading, cell in zip(headings[1:], row[1:], strict=True)
            if cell
        )


def main(page: Path) -> None:
    """Write the page of all packs that come with the program."""
    page.write_text(rules_page(map(load_policy, pack_keys())), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
