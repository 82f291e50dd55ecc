"""公示规则: the rules in force, in plain words, from the policy itself; and the page of views.

Neither needs a decision. ``rules.html`` changes when the policy does.
"""

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from pipeline.domain.protected import Category
from pipeline.domain.verdict import Effect
from pipeline.policy.model import Policy
from pipeline.site.addresses import HOME
from pipeline.site.frame import ContentPage, Crumb
from pipeline.site.plan import PlannedPage

RULES = ContentPage(
    order=61,
    title="公示规则",
    path="rules.html",
    section="事后公示",
    summary="哪些不公开，公开时隐去什么，期限多长，逐条写明依据",
    menu="",
)
VIEW = "view.html"

_WHOLE = Markup('<span class="whole">{}</span>')
_SHOWN = {
    Category.PERSON: "只留姓氏，如“张某”",
    Category.ADDRESS_HOME: Markup("保留到县（市、区），其余用{}代替").format(
        _WHOLE.format("“＊＊＊＊”")
    ),
}
_STRICTER = "从严"
_CRUMBS = (Crumb("首页", HOME),)


def rules_pages(policy: Policy) -> Iterator[PlannedPage]:
    """Yield the page of the rules of ``policy``, and the page on which a reader chooses a view."""
    yield PlannedPage(RULES.path, "rules.html", policy.digest, lambda: _rules(policy))
    yield PlannedPage(VIEW, "view.html", "", lambda: {"crumbs": _CRUMBS})


def _rules(policy: Policy) -> Mapping[str, object]:
    masked = [rule for rule in policy.masks.values() if rule.hide]
    return {
        "policy": policy,
        "withheld": _screening(policy, Effect.WITHHOLD),
        "held": _screening(policy, Effect.HOLD),
        "masked": _grouped(
            (str(rule.basis), _SHOWN.get(rule.category, "＊＊＊＊"), rule.category.chinese)
            for rule in masked
        ),
        "kept": [rule.category.chinese for rule in policy.masks.values() if not rule.hide],
        "names": [
            (rule.whose.value, "隐去" if rule.hide else "显示", str(rule.basis))
            for rule in policy.names.values()
        ],
        "clocks": [
            (each.title, _WHOLE.format(each.period), str(each.basis))
            for each in policy.clocks.values()
        ],
        "stricter": [
            each
            for each in policy.overruled
            if each.why.startswith(_STRICTER) and each.key in policy.clocks
        ],
        "titles": dict(policy.packs),
        "crumbs": _CRUMBS,
    }


def _screening(policy: Policy, effect: Effect) -> list[tuple[str, str]]:
    found = [(rule.title, str(rule.basis)) for rule in policy.screening if rule.effect is effect]
    return list(dict.fromkeys(found))


def _grouped(rows: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return kinds shown alike under the same article as one row: kinds, shown, article."""
    found: dict[tuple[str, str], list[str]] = {}
    for basis, shown, kind in rows:
        found.setdefault((basis, shown), []).append(kind)
    return [("、".join(kinds), shown, basis) for (basis, shown), kinds in found.items()]
