"""Several packs → one ``Policy``: the stricter rule wins, the loser is kept with the reason.

Order of packs is from the most general to the most special. Where two rules are equally strict
the more special one is cited; where a rule is only a fallback, any other pack's rule replaces it.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from pipeline.domain.process_record import Act, plain_word
from pipeline.domain.verdict import Effect
from pipeline.policy.duty import Duty
from pipeline.policy.duty_words import CHOICES
from pipeline.policy.model import (
    Clock,
    Limit,
    MaskRule,
    NameRule,
    Overruled,
    Policy,
    RequiredPage,
    ScreeningRule,
    Unit,
)
from pipeline.policy.pack import Pack, R, Stated
from pipeline.policy.vocabulary import CLOCKS, PAGES

Params = tuple[tuple[str, tuple[str, ...]], ...]

_DAYS = {
    Unit.HOUR: 1 / 24,
    Unit.WORKING_DAY: 7 / 5,
    Unit.DAY: 1.0,
    Unit.MONTH: 30.4,
    Unit.YEAR: 365.2,
}
_FALLBACK = "该条只在其他制度没有规定时适用"


def merge(packs: Sequence[Pack]) -> Policy:
    """Return the policy of ``packs``, the most general first and the one asked for last.

    Every pack has been checked: all limits are stated by one of them, predicates agree.
    """
    overruled: list[Overruled] = []
    aside = {key: (pack, why) for pack in packs for key, why in pack.sets_aside.items()}
    stated = [s for pack in packs for s in pack.screening if s.key not in aside]
    overruled += [
        Overruled(key=s.key, pack=pack.key, said=_said(s.rule), by=aside[s.key][0].key,
                  why=aside[s.key][1])
        for pack in packs
        for s in pack.screening
        if s.key in aside
    ]  # fmt: skip
    screening = _strictest(stated, _rule_strictness, overruled)
    masks = _strictest((s for p in packs for s in p.masks), lambda r: r.hide, overruled)
    names = _strictest((s for p in packs for s in p.names), lambda r: r.hide, overruled)
    clocks = _strictest((s for p in packs for s in p.clocks), _clock_strictness, overruled)
    limits = _strictest((s for p in packs for s in p.limits), lambda r: -r.value, overruled)
    pages = _strictest((s for p in packs for s in p.pages), lambda _: True, overruled)
    records = _strictest((s for p in packs for s in p.records), lambda d: d.is_gate, overruled)
    review = _strictest((s for p in packs for s in p.review), lambda d: d.is_gate, overruled)
    number = {limit.key: limit.value for limit in limits}
    policy = Policy(
        key=packs[-1].key,
        title=packs[-1].title,
        screening=tuple(screening),
        masks={rule.category: rule for rule in masks},
        names={rule.whose: rule for rule in names},
        clocks={clock.key: clock for clock in clocks},
        overruled=tuple(overruled),
        doubt_limit=int(number["doubt_limit"]),
        removal_limit=number["removal_limit"],
        digest="",
        limits=tuple(limits),
        packs=tuple((pack.key, pack.title) for pack in packs),
        review_months=int(number["review_months"]),
        pages={page.key: page for page in pages},
        records=tuple(records),
        review=tuple(review),
        acts={
            **{act.value: act for act in Act},
            **{plain_word(word): act for pack in packs for word, act in pack.acts},
        },
    )
    return replace(policy, digest=_digest(policy))


def _strictest(
    stated: Iterable[Stated[R]], strictness: Callable[[R], float], overruled: list[Overruled]
) -> list[R]:
    """Return one rule a key, in the order of first mention; note every loser."""
    won: dict[str, Stated[R]] = {}
    for challenger in stated:
        holder = won.get(challenger.key)
        if holder is None:
            won[challenger.key] = challenger
            continue
        winner, loser, why = _contest(holder, challenger, strictness)
        won[challenger.key] = winner
        overruled.append(
            Overruled(
                key=loser.key,
                pack=loser.rule.pack,
                said=_said(loser.rule),
                by=winner.rule.pack,
                why=why,
            )
        )
    return [entry.rule for entry in won.values()]


def _contest(
    holder: Stated[R], challenger: Stated[R], strictness: Callable[[R], float]
) -> tuple[Stated[R], Stated[R], str]:
    """Return winner, loser and the reason; ``challenger`` is of the more special pack."""
    if holder.fallback != challenger.fallback:
        winner, loser = (challenger, holder) if holder.fallback else (holder, challenger)
        return winner, loser, _FALLBACK
    if strictness(holder.rule) > strictness(challenger.rule):
        return _united(holder, challenger), challenger, "从严：另一规定更严格"
    why = "从严：另一规定更严格"
    if strictness(holder.rule) == strictness(challenger.rule):
        why = "同样严格，引用更具体的制度"
    return _united(challenger, holder), holder, why


def _united(winner: Stated[R], loser: Stated[R]) -> Stated[R]:
    """Return ``winner`` with the lists of both: in every list more is stricter."""
    if isinstance(winner.rule, ScreeningRule):
        params = _both(winner.rule.params, loser.rule.params)
        return replace(winner, rule=replace(winner.rule, params=params))
    if isinstance(winner.rule, Duty):
        params = _both(winner.rule.params, loser.rule.params)
        acts = tuple(dict.fromkeys((*winner.rule.acts, *loser.rule.acts)))
        return replace(winner, rule=replace(winner.rule, params=params, acts=acts))
    return winner


def _both(mine: Params, theirs: Params) -> Params:
    """Return the lists of both, where one of several is enough (``CHOICES``) only ``mine``."""
    others = dict(theirs)
    return tuple(
        (key, values if key in CHOICES else tuple(dict.fromkeys((*values, *others.get(key, ())))))
        for key, values in mine
    )


def _rule_strictness(rule: ScreeningRule) -> float:
    return list(Effect).index(rule.effect)


def _clock_strictness(clock: Clock) -> float:
    days = clock.length * _DAYS[clock.unit]
    return days if CLOCKS[clock.key] else -days


def _said(rule: ScreeningRule | MaskRule | NameRule | Clock | Limit | RequiredPage | Duty) -> str:
    """Return what a rule asks for, with its citation."""
    match rule:
        case ScreeningRule():
            said = f"{rule.title}：{rule.effect.value}"
        case MaskRule():
            said = f"{rule.category.chinese}{_hidden(rule.hide)}"
        case NameRule():
            said = f"{rule.whose.value}姓名{_hidden(rule.hide)}"
        case Clock():
            said = f"{rule.title}：{rule.period}"
        case Limit():
            return f"{rule.key}：{rule.value:g}（{rule.reason}）"
        case RequiredPage():
            said = f"公开“{PAGES[rule.key]}”"
        case Duty():
            said = f"{rule.title}：{rule.effect}"
    return f"{said}（{rule.basis}）"


def _hidden(hide: bool) -> str:
    return "隐去" if hide else "保留"


def _digest(policy: Policy) -> str:
    parts = (
        policy.key,
        sorted(policy.screening, key=lambda rule: rule.key),
        sorted(policy.masks.values(), key=lambda rule: rule.category),
        sorted(policy.names.values(), key=lambda rule: rule.whose),
        sorted(policy.clocks.values(), key=lambda clock: clock.key),
        sorted(policy.limits, key=lambda limit: limit.key),
        sorted(policy.records, key=lambda duty: duty.key),
        sorted(policy.review, key=lambda duty: duty.key),
        sorted(policy.acts.items()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
