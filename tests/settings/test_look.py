"""The section ``look`` and what belongs to it: every fault is told, with its measure and remedy."""

import re
from pathlib import Path

import pytest
import yaml

from pipeline.domain.faults import BadSettingsError
from pipeline.settings import Settings, load_settings
from pipeline.settings.look.palette import DARK, LIGHT, USES
from pipeline.settings.look.words import WORDS
from pipeline.site.request_form import QUESTIONS
from tests.conftest import ROOT
from tests.settings.pictures import png

BARE = "site: {name: 公示}\nagency: {name: 某县某局}\n"
TEMPLATE = ROOT / "pipeline" / "commands" / "gongshi.yaml"
MANUAL = (ROOT / "docs" / "look.md").read_text("utf-8")


def load(root: Path, more: str) -> Settings:
    (root / "gongshi.yaml").write_text(BARE + more, "utf-8")
    return load_settings(root)


def faults_of(root: Path, more: str) -> list[str]:
    with pytest.raises(BadSettingsError) as caught:
        load(root, more)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("more", ["", "look:\n", "look: {light: , dark: , words: , emblem: ''}\n"])
def test_nothing_set_is_the_delivered_look(tmp_path: Path, more: str) -> None:
    look = load(tmp_path, more).look
    assert (look.emblem, look.palette) == (None, None)
    assert look.words == {key: word.text for key, word in WORDS.items()}


def test_all_that_can_be_set_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    told = {
        "look": {
            "emblem": "a.png",
            "emblem_text": "  某局\n标志 ",
            "light": {key: str(colour) for key, colour in LIGHT.delivered.items()},
            "dark": {key: str(colour) for key, colour in DARK.delivered.items()},
            "words": dict.fromkeys(WORDS, "甲"),
        },
        "footer": {"lines": ["承办单位：某中心"]},
        "corrections": {"post_to": "https://forms.example.gov.cn:8443/a/b?c=d"},
    }
    settings = load(tmp_path, yaml.safe_dump(told, allow_unicode=True))
    assert settings.look.emblem
    assert settings.look.emblem.content == png()
    assert settings.look.emblem_text == "某局 标志"
    assert settings.look.palette
    assert settings.look.palette.dark == DARK.delivered
    assert settings.look.words == dict.fromkeys(WORDS, "甲")
    assert settings.footer.lines == ("承办单位：某中心",)
    assert settings.footer.sponsor == "某县某局"
    assert settings.corrections.origin == "https://forms.example.gov.cn:8443"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("look: 红色", "look：应是一组键和值"),
        ("look: {light: '#8e1a16'}", "look.light：应是一组键和值"),
        ("look: {words: [甲]}", "look.words：应是一组键和值"),
        ("look: {emblem: [a.png]}", "look.emblem：应是一个值"),
        ("look: {emblem: a.gif}", "look.emblem：不是 SVG 或者 PNG。另存为"),
        ("look: {embelm: a.png}", "look.embelm：不认识的设置项。是不是 emblem？"),
        ("look: {light: {brnad: '#000'}}", "look.light.brnad：不认识的设置项。是不是 brand？"),
        ("look: {dark: {brand: red}}", 'look.dark.brand：不是颜色的写法。写成 "#8e1a16"'),
        ("look: {light: {brand: #8e1a16\n}}", "look.light.brand：不是颜色的写法"),
        ("look: {words: {titel: 甲}}", "look.words.titel：不认识的设置项。是不是 title？"),
        ("look: {words: {title: ''}}", "look.words.title：应是一行文字"),
        ("look: {words: {title: 12}}", "look.words.title：应是一行文字"),
        ('look: {words: {intro: "甲\\n乙"}}', "look.words.intro：应是一行文字"),
        ("look: {words: {home: 一二三四五六七}}", "look.words.home：有 7 个字，太长。这里放得下 6"),
        ("footer: {lines: 承办单位}", "footer.lines：应是一列文字"),
        ("footer: {lines: [一, 二, 三, 四, 五, 六]}", "footer.lines：应是一列文字，不超过 5 行"),
        ("footer: {lines: [{a: b}]}", "footer.lines：有的不是一行文字"),
        ("sight: {}", "sight：不认识的设置项。是不是 site？"),
        ("qqqq: {}", "qqqq：不认识的设置项。删去"),
    ],
)
def test_a_fault_names_the_key_and_the_remedy(tmp_path: Path, more: str, said: str) -> None:
    faults = faults_of(tmp_path, more)
    assert len(faults) == 1
    assert faults[0].startswith(f"gongshi.yaml · {said}")


@pytest.mark.parametrize(
    ("more", "key", "ratio"),
    [
        ("light: {link: '#999999'}", "look.light.link", "2.59"),
        ("light: {brand: '#ffffff', on_brand: '#999'}", "look.light.on_brand", "2.85"),
        ("dark: {link: '#333333'}", "look.dark.link", "1.11"),
        ("dark: {accent: '#8e1a16'}", "look.dark.accent", "1.55"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_with_its_measure(
    tmp_path: Path, more: str, key: str, ratio: str
) -> None:
    (fault,) = faults_of(tmp_path, f"look: {{{more}}}")
    assert fault.startswith(f"gongshi.yaml · {key}：")
    assert f"对比度是 {ratio}" in fault
    assert "至少 4.5" in fault
    assert ("改浅" if "dark" in key else "改深") in fault


def test_every_fault_of_the_look_is_told_at_once(tmp_path: Path) -> None:
    more = "look: {emblem: no.png, light: {link: '#999', brand: 红}, words: {title: ''}}\nsight: 1"
    keys = {fault.partition("：")[0].rpartition(" ")[2] for fault in faults_of(tmp_path, more)}
    assert keys == {
        "look.emblem",
        "look.light.link",
        "look.light.brand",
        "look.words.title",
        "sight",
    }


@pytest.mark.parametrize(
    "place",
    [
        "http://forms.example.gov.cn/",
        "forms.example.gov.cn",
        "mailto:a@example.gov.cn",
        "https://user:word@example.gov.cn/",
        "https://example.gov.cn/; script-src *",
        "https://example.gov.cn/a b",
        "https://*.gov.cn/",
        'https://example.gov.cn"><b>',
        "https://example.gov.cn/#a",
        "https:///path",
        "常山县天马街道示例路1号",
    ],
)
def test_only_the_https_address_of_a_form_service_can_be_posted_to(
    tmp_path: Path, place: str
) -> None:
    told = yaml.safe_dump({"corrections": {"post_to": place}}, allow_unicode=True)
    (fault,) = faults_of(tmp_path, told)
    assert "corrections.post_to：不是接收表单的 https 网址" in fault
    assert "agency.address" in fault


def test_what_the_sample_file_offers_is_accepted_once_its_marks_are_taken_away(
    tmp_path: Path,
) -> None:
    text = TEMPLATE.read_text("utf-8")
    start, end = text.index("look:\n"), text.index("corrections:\n")
    offered = re.sub(r"^  # ", "  ", text[start:end], flags=re.MULTILINE)
    look = load(tmp_path, offered).look
    assert look.palette
    assert str(look.palette.light["brand"]) == "#8e1a16"


def test_the_manual_lists_all_that_can_be_set() -> None:
    for key, word in WORDS.items():
        assert f"| `{key}` | {word.place} | {word.most} | {word.text} |" in MANUAL
    for key, use in USES.items():
        light, dark = LIGHT.delivered[key], DARK.delivered[key]
        assert f"| `{key}` | {use.title} | `{light}` | `{dark}` |" in MANUAL
    for each in QUESTIONS:
        needed = " 是 |" if each.required else " |"
        assert f"| `{each.name}` | {each.label} | {each.most} |{needed}" in MANUAL
