"""A pack's key → the ``Policy`` of it and of all packs it extends."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.domain.faults import BadSettingsError
from pipeline.domain.protected import Category
from pipeline.policy.fields import Faults
from pipeline.policy.merge import merge
from pipeline.policy.model import Policy, Whose
from pipeline.policy.pack import Pack, load_pack
from pipeline.policy.vocabulary import LIMITS

BUNDLED = Path(__file__).with_name("packs")
REQUIRED_CLOCKS = ("publish", "withdraw", "correct", "expire")


def load_policy(key: str, *, folders: Sequence[Path] = ()) -> Policy:
    """Return the policy of the pack ``key``, a file ``key.yaml`` of ours or in ``folders``.

    Raises ``BadSettingsError`` with every fault of every file at once. A pack of ``folders``
    cannot take the name of one of ours: a rule of the state must not vanish by a file name.
    """
    faults = Faults()
    packs = _with_extended(key, (BUNDLED, *folders), faults)
    if packs:
        _check_together(packs, faults)
    if faults.found or not packs:
        raise BadSettingsError(faults.found)
    return merge(packs)


def pack_keys(folders: Sequence[Path] = ()) -> tuple[str, ...]:
    """Return the keys of all packs that can be loaded, sorted."""
    return tuple(sorted({path.stem for f in (BUNDLED, *folders) for path in f.glob("*.yaml")}))


def _with_extended(key: str, folders: Sequence[Path], faults: Faults) -> list[Pack]:
    """Return the packs ``key`` rests on and itself, each after those it extends."""
    loaded: dict[str, Pack | None] = {}
    order: list[Pack] = []

    def visit(name: str, asked_by: str, path: tuple[str, ...]) -> None:
        if name in path:
            faults.add(asked_by, "", "extends", "制度文件互相引用成环", "删去其中一个 extends")
            return
        if name in loaded:
            return
        file = _find(name, folders, asked_by, faults)
        pack = loaded[name] = load_pack(file, faults) if file else None
        if pack is not None:
            for parent in pack.extends:
                visit(parent, pack.file, (*path, name))
            order.append(pack)

    visit(key, "gongshi.yaml", ())
    return order


def _find(name: str, folders: Sequence[Path], asked_by: str, faults: Faults) -> Path | None:
    found = [path for folder in folders if (path := folder / f"{name}.yaml").is_file()]
    if "/" in name or "\\" in name or not found:
        remedy = "可用：" + "、".join(pack_keys(folders))
        faults.add(asked_by, "", "policy", "没有这个制度文件", remedy)
        return None
    if len(found) > 1:
        faults.add(f"{name}.yaml", "", "key", "有两个同名的制度文件", "给本单位的文件另取名称")
        return None
    return found[0]


def _check_together(packs: Sequence[Pack], faults: Faults) -> None:
    """Check what only all packs together can satisfy."""
    file = packs[-1].file
    _require(file, "masks", Category, (s.key for p in packs for s in p.masks), faults)
    _require(file, "names", Whose, (s.key for p in packs for s in p.names), faults)
    _require(file, "clocks", REQUIRED_CLOCKS, (s.key for p in packs for s in p.clocks), faults)
    _require(file, "limits", LIMITS, (s.key for p in packs for s in p.limits), faults)
    if not any(p.screening for p in packs):
        faults.add(file, "", "screening", "没有任何不予公开的规则", "以 extends 引用 national")
    fallbacks = {s.key for p in packs for s in p.screening if s.fallback}
    _check_predicates(packs, faults)
    for pack in packs:
        for key in pack.sets_aside:
            if key not in fallbacks:
                faults.add(pack.file, key, "sets_aside", "只能替换标明 fallback 的规则", "删去")


def _check_predicates(packs: Sequence[Pack], faults: Faults) -> None:
    """One key must ask the same question in every pack that states it."""
    first: dict[tuple[str, str], str] = {}
    for pack in packs:
        stated = [
            *(("screening", s.key, s.rule.predicate) for s in pack.screening),
            *(("records", s.key, s.rule.predicate) for s in pack.records),
            *(("review", s.key, s.rule.predicate) for s in pack.review),
        ]
        for section, key, predicate in stated:
            if first.setdefault((section, key), predicate) != predicate:
                problem = "与所引用制度的同名规则不一致"
                faults.add(pack.file, key, "predicate", problem, "另取键名")


def _require(
    file: str, field: str, wanted: Iterable[str], given: Iterable[str], faults: Faults
) -> None:
    present = set(given)
    for name in wanted:
        if name not in present:
            faults.add(file, str(name), field, "没有规定", "补充该条，或以 extends 引用 national")
