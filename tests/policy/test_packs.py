"""The packs that come with the program, and what a bureau may write in its own."""

import dataclasses
import json
from pathlib import Path

import pytest

from pipeline.domain.faults import BadSettingsError
from pipeline.domain.protected import Category
from pipeline.domain.verdict import Effect
from pipeline.policy.listing import main as write_page
from pipeline.policy.listing import rules_page, rules_text
from pipeline.policy.load import load_policy, pack_keys
from pipeline.policy.model import Unit, Whose
from pipeline.policy.vocabulary import CLOCKS
from pipeline.yaml_file import read_texts

ROOT = Path(__file__).parents[2]
CHANGSHAN = load_policy("changshan-2021")

OWN = {"key": "own", "title": "本局制度", "extends": ["changshan-2021"]}
BASIS = {"document": "本局行政执法公示制度", "article": "第三条"}


def write(folder: Path, pack: object, name: str = "own") -> Path:
    text = pack if isinstance(pack, str) else json.dumps(pack, ensure_ascii=False)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def faults_of(folder: Path, pack: object) -> str:
    with pytest.raises(BadSettingsError) as caught:
        load_policy("own", folders=[write(folder, pack)])
    return str(caught.value)


@pytest.mark.parametrize("key", pack_keys())
def test_every_bundled_pack_loads_and_every_rule_says_how_it_is_released(key: str) -> None:
    policy = load_policy(key)
    assert set(policy.masks) == set(Category)
    assert set(policy.names) == set(Whose)
    assert all(rule.remedy and rule.basis.article for rule in policy.screening)


def test_the_page_the_legal_reviewers_sign_is_in_step_with_the_packs() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert page == rules_page(map(load_policy, pack_keys())), (
        "运行 python -m pipeline.policy.listing docs/rules.md"
    )


def test_three_working_days_to_withdraw_beat_the_five_of_the_bureau() -> None:
    clock = CHANGSHAN.clocks["withdraw"]
    assert (clock.length, clock.unit, clock.pack) == (3, Unit.WORKING_DAY, "national")
    (lost,) = (o for o in CHANGSHAN.overruled if o.key == "withdraw")
    assert lost.pack == "changshan-2021"
    assert "5个工作日" in lost.said
    assert "第十条第二款" in lost.said
    assert lost.why.startswith("从严")


@pytest.mark.parametrize(
    ("clock", "length", "unit"),
    [
        ("publish", 7, Unit.WORKING_DAY),
        ("correct", 5, Unit.WORKING_DAY),
        ("expire", 5, Unit.YEAR),
        ("av_store", 2, Unit.DAY),
        ("av_keep", 6, Unit.MONTH),
    ],
)
def test_the_periods_of_changshan_are_those_of_its_articles(
    clock: str, length: int, unit: Unit
) -> None:
    assert (CHANGSHAN.clocks[clock].length, CHANGSHAN.clocks[clock].unit) == (length, unit)


def test_only_the_punished_keep_their_names_in_changshan() -> None:
    shown = {whose for whose, rule in CHANGSHAN.names.items() if not rule.hide}
    assert shown == {Whose.PARTY, Whose.OPERATOR}
    assert all(rule.basis.article == "第九条第一项" for rule in CHANGSHAN.names.values())


def test_changshan_publishes_every_ordinary_procedure_result() -> None:
    keys = {rule.key for rule in CHANGSHAN.screening}
    assert "social-impact" not in keys
    assert "social-impact" in {o.key for o in CHANGSHAN.overruled}
    assert "social-impact" in {rule.key for rule in load_policy("national").screening}


def test_a_bureau_may_hide_what_its_parent_shows_but_not_show_what_it_hides(
    tmp_path: Path,
) -> None:
    names = {
        "被处罚自然人": {"hide": True, "basis": BASIS},
        "法定代表人": {"hide": False, "basis": BASIS},
    }
    masks = {"ID_CARD": {"hide": False, "basis": BASIS}}
    own = load_policy("own", folders=[write(tmp_path, {**OWN, "names": names, "masks": masks})])
    assert own.names[Whose.PARTY].pack == "own"
    assert own.names[Whose.PARTY].hide
    assert own.names[Whose.LEGAL_REPRESENTATIVE].hide
    assert own.masks[Category.ID_CARD].hide
    assert own.digest != CHANGSHAN.digest


def test_a_weaker_rule_loses_and_lists_of_both_are_united(tmp_path: Path) -> None:
    rule = {
        "title": "清单",
        "predicate": "listed",
        "params": {"causes": ["擅自采砂"], "statutes": []},
        "effect": "待核",
        "basis": BASIS,
        "remedy": "核对",
    }
    own = load_policy(
        "own", folders=[write(tmp_path, {**OWN, "screening": {"provincial-list": rule}})]
    )
    (merged,) = (r for r in own.screening if r.key == "provincial-list")
    assert merged.effect is Effect.WITHHOLD
    assert merged.pack == "changshan-2021"
    assert dict(merged.params)["causes"] == ("擅自采砂",)


def test_every_fault_of_every_file_is_reported_at_once(tmp_path: Path) -> None:
    message = faults_of(
        tmp_path,
        {
            "key": "other",
            "extends": ["changshan-2021", "nowhere"],
            "sets_aside": {"state-secret": "不需要"},
            "screening": {
                "a": {"title": "", "predicate": "guess", "effect": "公开", "basis": BASIS},
                "b": {
                    "title": "乙",
                    "predicate": "listed",
                    "params": {"cause": ["x"]},
                    "effect": "待核",
                    "basis": {"document": "《某法》", "article": "三"},
                    "remedy": "核对",
                    "remark": "多余",
                },
            },
            "masks": {"SHOE_SIZE": {"hide": "yes", "basis": BASIS}},
            "names": [1],
            "clocks": {
                "withdraw": {"title": "撤", "length": 0, "unit": "周", "basis": BASIS},
                "nap": {"title": "歇", "length": 1, "unit": "日", "basis": BASIS},
            },
            "limits": {"removal_limit": {"value": 2, "reason": "大"}},
            "note": "多余",
        },
    )
    for expected in (
        "own.yaml · key：与文件名不一致",
        "title：缺少文字内容",
        "没有这个制度文件",
        "state-secret · sets_aside：只能替换标明 fallback",
        "a · predicate：不是可用的值",
        "a · effect：不是可用的值",
        "a · remedy：缺少文字内容",
        "b · params.cause：该规则没有这个参数",
        "b · params.causes：缺少参数",
        "b · params.statutes：缺少参数",
        "b · document：文件名不带书名号",
        "b · article：不是条款",
        "b · remark：没有这个字段",
        "SHOE_SIZE：名称不可用",
        "SHOE_SIZE · hide：应为 true 或 false",
        "names：应为“键: 规则”",
        "withdraw · length：应为 1 至 1000 之间的整数",
        "withdraw · unit：不是可用的值",
        "nap：名称不可用",
        "removal_limit · value：应为 0 至 1 之间的数",
        "note：没有这个字段",
    ):
        assert expected in message


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("key: own\nkey: own\n", "重复"),
        ("a: &x [1]\nb: *x\n", "引用"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "引用"),
        ("key: [", "不合 YAML"),
        ("!!python/object/apply:os.system ['true']", "不合 YAML"),
        ("? [1, 2]\n: 3\n", "不是文字"),
        ("- 1\n", "应为“键: 值”"),
        ("key: 2021-13-45\n", "有的值写错了"),
        ("key: !!bool 也许\n", "有的值写错了"),
        ("[" * 3000, "嵌套过深"),
        ("x: " + "长" * 400_000, "超过 1 MB"),
    ],
)
def test_hostile_yaml_is_one_message(tmp_path: Path, text: str, problem: str) -> None:
    assert problem in faults_of(tmp_path, text)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"sets_aside": ["x"]}, "sets_aside：应为“键: 文字”"),
        ({"extends": "national"}, "extends：应为文字清单"),
        ({"screening": {"a": {"params": [1]}}}, "params：应为“参数: [值]”"),
        ({"screening": {"a": 1}}, "a：应为“键: 值”"),
        ({"clocks": {"expire": {"length": True}}}, "length：应为 1 至 1000 之间的整数"),
    ],
)
def test_a_field_of_the_wrong_form_is_named(
    tmp_path: Path, changed: dict[str, object], problem: str
) -> None:
    assert problem in faults_of(tmp_path, {**OWN, **changed})


def test_a_pack_that_is_a_folder_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").mkdir()
    with pytest.raises(BadSettingsError, match="没有这个制度文件"):
        load_policy("own", folders=[tmp_path])


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    write_page(tmp_path / "rules.md")
    assert (tmp_path / "rules.md").read_text("utf-8").startswith("# 规则表")


def test_a_file_that_is_not_utf8_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_bytes("key: 自己".encode("gb18030"))
    with pytest.raises(BadSettingsError, match="UTF-8"):
        load_policy("own", folders=[tmp_path])


def test_packs_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {**OWN, "key": "b", "extends": ["own"]}, "b")
    assert "成环" in faults_of(tmp_path, {**OWN, "extends": ["b"]})


def test_a_pack_cannot_take_the_name_of_ours(tmp_path: Path) -> None:
    write(tmp_path, {"key": "national", "title": "什么都公开"}, "national")
    with pytest.raises(BadSettingsError, match="同名"):
        load_policy("changshan-2021", folders=[tmp_path])


@pytest.mark.parametrize("key", ["", "nowhere", "../packs/national", "packs\\national"])
def test_an_unknown_pack_lists_those_there_are(key: str) -> None:
    with pytest.raises(BadSettingsError, match="changshan-2021、credit-repair-2026、minhou"):
        load_policy(key)


def test_a_pack_that_forgets_half_is_told_what_is_missing(tmp_path: Path) -> None:
    message = faults_of(tmp_path, {"key": "own", "title": "独立制度"})
    for name in ("ID_CARD", "执法人员", "withdraw", "doubt_limit", "screening"):
        assert name in message


def test_one_key_cannot_mean_two_predicates(tmp_path: Path) -> None:
    rule = {"title": "x", "predicate": "privacy", "effect": "待核", "basis": BASIS, "remedy": "y"}
    own = {**OWN, "screening": {"state-secret": rule}}
    assert "与所引用制度的同名规则不一致" in faults_of(tmp_path, own)


def test_the_listing_shows_winner_loser_and_reason() -> None:
    text = rules_text(CHANGSHAN)
    assert "从严：另一规定更严格" in text
    assert "《中华人民共和国行政处罚法》第四十八条第二款、第八十五条" in text


def test_a_policy_without_losers_says_so() -> None:
    assert "  无" in rules_text(load_policy("national"))
    assert "无。" in rules_page([load_policy("national")])


def test_only_keeping_is_stricter_when_longer() -> None:
    assert [key for key, longer in CLOCKS.items() if longer] == ["av_keep"]


def test_the_digest_changes_with_every_rule(tmp_path: Path) -> None:
    limit = {"removal_limit": {"value": 0.01, "reason": "小局"}}
    own = load_policy("own", folders=[write(tmp_path, {**OWN, "limits": limit})])
    again = load_policy("own", folders=[tmp_path])
    assert own.digest == again.digest != CHANGSHAN.digest
    assert own.removal_limit == 0.01
    assert dataclasses.replace(own) == own


def test_a_site_must_have_the_pages_that_the_law_and_the_bureau_ask_for(tmp_path: Path) -> None:
    assert {page.basis.article for page in load_policy("national").pages.values()} == {"第三十九条"}
    assert CHANGSHAN.pages["agency"].basis.article == "第五条"
    lost = {o.said for o in CHANGSHAN.overruled if o.key == "agency"}
    assert lost == {"公开“机构与职责”（《中华人民共和国行政处罚法》第三十九条）"}
    pages = {"officers": {"basis": BASIS}}
    own = load_policy("own", folders=[write(tmp_path, {**OWN, "pages": pages})])
    assert own.pages.keys() == CHANGSHAN.pages.keys() | {"officers"}
    assert "执法人员" in rules_text(own)


def test_a_page_nobody_can_make_and_one_without_an_article_are_faults(tmp_path: Path) -> None:
    told = faults_of(tmp_path, {**OWN, "pages": {"weather": {"basis": BASIS}, "officers": {}}})
    assert "weather：名称不可用" in told
    assert "officers · document" in told


def test_texts_stay_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("编号: 0110\n日期: 2026-03-01\n空:\n是: yes\n", "utf-8")
    expected = {"编号": "0110", "日期": "2026-03-01", "空": "", "是": "yes"}
    assert read_texts(tmp_path / "a.yaml") == expected


def test_a_bureau_may_add_the_periods_of_credit_repair_to_its_own_pack(tmp_path: Path) -> None:
    own = {"key": "own", "title": "本局", "extends": ["changshan-2021", "credit-repair-2026"]}
    write(tmp_path, own)
    policy = load_policy("own", folders=[tmp_path])
    assert policy.clocks["expire"].length == 5
    assert {key for key in policy.clocks if key.startswith("credit_")} == {
        "credit_minor",
        "credit_general",
        "credit_serious",
        "credit_repair",
    }
    assert not any(key.startswith("credit_") for key in load_policy("changshan-2021").clocks)
