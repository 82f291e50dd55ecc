"""The leak gate: planted leaks in every disguise and place, and none on a clean site."""

import gzip
import io
import json
import time
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from pipeline.domain.faults import BadSiteError, LeakFoundError
from pipeline.verification.memory import Memory
from pipeline.verification.plain import plain
from pipeline.verification.shapes import WHERE_TOLD, shapes_in
from tests.verification.sample_site import CLEAN, GONE, A, B, Record, Site, listing, page

ID = "330822199003070011"
MOBILE = "13805700001"
CARD = "6222020200000000006"
LIKE_A_TELEPHONE = ("2016/135-17598804c0", "2016/13050-044737c19a")
"""Addresses of which one in some dozens of those that begin so looks like a telephone."""


def kinds(text: str, *, personal: bool = True) -> set[str]:
    found = set(shapes_in(plain(text), frozenset()))
    return found if personal else found - WHERE_TOLD


def leak_message(site: Site) -> str:
    with pytest.raises(LeakFoundError) as caught:
        site.verify()
    return str(caught.value)


def test_a_clean_site_passes_and_is_counted(site: Site) -> None:
    verified = site.verify()
    assert (verified.files, verified.pages) == (5, 3)
    assert verified.links > 10
    assert set(verified.digests) == {
        str(path.relative_to(site.tree)) for path in site.tree.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("line", CLEAN.splitlines())
def test_ordinary_numbers_are_no_alarm(line: str) -> None:
    assert kinds(line.replace("0570-5012345", "")) == set()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("身份证件号码", f"身份证号码{ID}"),
        ("身份证件号码", "33082219900307001X"),
        ("身份证件号码", "33082219900307001x，"),
        ("身份证件号码", "33082219900307001Ｘ"),
        ("身份证件号码", "330822 19900307 0011"),
        ("身份证件号码", "330822-19900307-0011"),
        ("身份证件号码", "３３０８２２１９９００３０７００１１"),
        ("身份证件号码", "3 3 0 8 2 2 1 9 9 0 0 3 0 7 0 0 1 1"),
        ("身份证件号码", "3308 2219 9003 0700 11"),
        ("身份证件号码", "33O822l99oo3o7oo11"),
        ("身份证件号码", "三三〇八二二一九九〇〇三〇七〇〇一一"),
        ("身份证件号码", "330822\u200b19900307\u200b0011"),
        ("身份证件号码", "身份证：330822900307001"),
        ("手机号码", MOBILE),
        ("手机号码", f"tel{MOBILE}"),
        ("手机号码", f"+86{MOBILE}"),
        ("手机号码", f"+86 {MOBILE}"),
        ("手机号码", f"0086{MOBILE}"),
        ("手机号码", "138-0570-0001"),
        ("手机号码", "138 0570 0001"),
        ("手机号码", "138.0570.0001"),
        ("手机号码", "138－0570－0001"),
        ("手机号码", "138 057 00001"),
        ("手机号码", "1380 5700 001"),
        ("手机号码", "13805 700001"),
        ("手机号码", "138057 00001"),
        ("手机号码", "1380570 0001"),
        ("手机号码", "138 05700001"),
        ("手机号码", "1-3-8-0-5-7-0-0-0-0-1"),
        ("手机号码", "2024/12-0a1b2c3d4 1 3 8 0 5 7 0 0 0 0 1"),
        ("手机号码", "１３８０５７０００01"),
        ("手机号码", "一三八〇五七〇〇〇〇一"),
        ("手机号码", "壹叁捌零伍柒零零零零壹"),
        ("手机号码", "幺三八零五七零零零零幺"),
        ("手机号码", "l38O57OOOO1"),
        ("手机号码", "138\u00ad0570\u200d0001"),
        ("手机号码", f"2024-05-06 {MOBILE}"),
        ("手机号码", f"罚款200元{MOBILE}元"),
        ("银行卡号", CARD),
        ("银行卡号", "6222 0202 0000 0000 006"),
        ("车牌号码", "浙H12345"),
        ("车牌号码", "浙H·A1234"),
        ("车牌号码", "浙 H12345".replace(" ", "")),
        ("车牌号码", "浙HD12345"),
        ("车牌号码", "浙Ｈ１２３４５"),
        ("车牌号码", "京A1234警"),
        ("电子邮箱", "zhang.san@example.com"),
        ("电子邮箱", "zhang＠example．com"),
        ("固定电话", "电话：0570-5012346"),
        ("固定电话", "联系方式 5012346"),
        ("账号", "开户行某银行，账号：1209 0000 1234 5678"),
    ],
)
def test_a_planted_number_is_found_in_every_disguise(kind: str, text: str) -> None:
    assert kind in kinds(f"甲乙丙{text}，丁。")


@pytest.mark.parametrize(
    "text",
    [
        "91330822704512345X",
        "0b13912345678f0e1d2c3b4a59687786950413223140f",  # a digest
        "330822199013070011",  # no such month
        "330822198902300011",  # no such day
        "GB13805700001A",
        "3.13805700001",
        "6222020200000000001",  # fails the check
        "琼B2-20200012",
        "logo@2x.png",
        "@media print",
        "苏ICP备2024012345号",
    ],
)
def test_near_misses_are_no_alarm(text: str) -> None:
    assert kinds(f"甲{text}，乙。") == set()


@pytest.mark.parametrize("number", [ID, CARD, MOBILE])
def test_a_digest_is_no_number_and_half_a_digest_is_one(number: str) -> None:
    digest = f"{number}{'ec569008819a8b8fb29b' * 4}"[:64]
    assert kinds(f"内容摘要 {digest}") == set()
    assert kinds(f"内容摘要 {number} {digest[:40]}") != set()


@pytest.mark.parametrize("slug", LIKE_A_TELEPHONE)
def test_the_address_of_a_decision_is_no_telephone(site: Site, slug: str) -> None:
    assert kinds(f"/decisions/{slug}.html") == kinds(f"见 {slug}，") == set()
    record = Record(slug, "常综执罚决字〔2016〕第135号")
    site.records.append(record)
    site.hidden[slug] = ("李晓明",)
    site.write(f"decisions/{slug}.html", page(f"<h1>{record.case_number}</h1>{CLEAN}"))
    site.write(f"api/v1/decisions/{slug}.json", json.dumps({"slug": slug, "text": CLEAN}))
    site.write("index.html", listing(site.records))
    site.verify()


@pytest.mark.parametrize(
    "text",
    [
        *(slug.partition("/")[2] for slug in LIKE_A_TELEPHONE),
        *(changed for slug in LIKE_A_TELEPHONE for changed in (f"1{slug}", f"{slug}a", f"{slug}0")),
        *("2016/138-00570001", "2016/13050-044737", "2016/135-17598804，c0"),
        "2016/135-17598804c0 135-17598804",
        "2016/13805700001-1a2b3c4d5e",
    ],
)
def test_what_only_begins_like_an_address_is_a_telephone(text: str) -> None:
    assert kinds(text) == {"手机号码"}


def test_a_credit_code_of_digits_with_a_date_inside_is_told_from_an_id() -> None:
    assert kinds("代码913301198805060013") <= {"身份证件号码"}


def _items(before: str, after: str) -> str:
    links = {slug: f'<a href="decisions/{slug}.html">常综执罚决字</a>' for slug in (A, B)}
    return f"<li>{links[B]}</li><li>{before}{links[A]}{after}</li><li>{links[B]}</li>"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (f"decisions/{A}.html", "<p>138<wbr>0570<wbr/>0001</p>"),
        (f"decisions/{A}.html", "<p>138<span class='x'>0570</span>0001</p>"),
        (f"decisions/{A}.html", "<p>1&#51;8&#x30;5700001</p>"),
        (f"decisions/{A}.html", "<p>1&amp;#51;805700001</p>"),
        (f"decisions/{A}.html", "<p>138&shy;0570&zwj;0001</p>"),
        (f"decisions/{A}.html", "<p>138&nbsp;0570&nbsp;0001</p>"),
        (f"decisions/{A}.html", "<!-- 13805700001 -->"),
        (f"decisions/{A}.html", "<p title='13805700001'>某</p>"),
        (f"decisions/{A}.html", "<p data-x=13805700001>某</p>"),
        (f"decisions/{A}.html", '<a href="tel:13805700001">某</a>'),
        (f"decisions/{A}.html", '<a href="https://x.example/?q=1%33805700001">某</a>'),
        (f"decisions/{A}.html", "<script>var a='\\u0031\\u0033805700001'</script>"),
        (f"decisions/{A}.html", "<table><tr><td>电话</td><td>13805700001</td></tr></table>"),
        ("about.html", "<p>13805700001</p>"),
        ("feed.xml", "<feed><entry><summary>13805700001</summary></entry></feed>"),
        ("feed.xml", "<feed><![CDATA[<b>138</b>05700001]]></feed>"),
        ("data/all.json", json.dumps({"a": [{"b": "13805700001"}]})),
        ("data/all.json", json.dumps({"a": 13805700001})),
        ("data/all.json", json.dumps({"13805700001": None})),
        ("data/all.json", '{"a": "\\u0031\\u0033805700001", broken'),
        ("data/all.jsonl", '{"a": 1}\n{"a": "13805700001"}\n'),
        ("data/all.csv", "文号,电话\n一,13805700001\n"),
        ("data/all.csv", "文号,电话\n一,13805700001\n".encode("gb18030")),
        ("data/all.txt", "电话13805700001".encode("utf-16")),
        ("chart.svg", "<svg><text>138<tspan>05700001</tspan></text></svg>"),
        ("app.js", "const x = '\\x31\\x33805700001'"),
        ("noending", "13805700001"),
        ("13805700001.txt", "某"),
        ("files/%31%33805700001.txt", "某"),
        ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00tEXtAuthor\x0013805700001\x00\xff\xd8"),
        ("data/all.json.gz", gzip.compress(b'{"a": "13805700001"}', mtime=0)),
        ("data/all.gz", gzip.compress(b"<p>138<b>05700001</b></p>", mtime=0)),
    ],
)
def test_a_planted_number_is_found_in_every_place(
    site: Site, path: str, content: str | bytes
) -> None:
    if path.startswith("decisions/"):
        site.write(path, page(f"<h1>常综执罚决字〔2024〕第12号</h1>{content!s}"))
    else:
        site.write(path, content)
    message = leak_message(site)
    assert "手机号码" in message
    assert MOBILE not in message
    assert "1%33805700001" not in message
    assert "%31%33" not in message


def workbook(value: object) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, value)
    return target.getvalue()


@pytest.mark.parametrize("value", [MOBILE, int(MOBILE), "138-0570-0001"])
def test_a_cell_of_a_workbook_is_read(site: Site, value: object) -> None:
    site.write("data/all.xlsx", workbook(value))
    assert "手机号码" in leak_message(site)


def test_a_clean_workbook_passes(site: Site) -> None:
    site.write("data/all.xlsx", workbook("常综执罚决字〔2024〕第12号"))
    assert site.verify().tree == site.tree


def test_a_pdf_is_read(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("pdf") / "guide.pdf"
    canvas = Canvas(str(target), pageCompression=1)
    canvas.setFont(pdfmetrics.getFont("Helvetica").fontName, 12)
    canvas.drawString(72, 700, f"Tel {MOBILE}")
    canvas.save()
    site.write("guide.pdf", target.read_bytes())
    assert "手机号码" in leak_message(site)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.zip", b""),
        ("a.gz", b"\x1f\x8b broken"),
        ("a.gz", gzip.compress(b"x" * 100, mtime=0)[:-12]),
        ("a.pdf", b"%PDF-1.4 broken"),
    ],
)
def test_what_cannot_be_looked_into_is_not_published(site: Site, name: str, content: bytes) -> None:
    site.write(name, content)
    assert "无法检查的文件" in leak_message(site)


@pytest.mark.parametrize("ending", ["br", "zst", "xz", "bz2", "7z", "rar"])
def test_a_form_of_compression_that_is_not_read_is_refused_whatever_it_holds(
    site: Site, ending: str
) -> None:
    site.write(f"index.html.{ending}", "某")
    message = leak_message(site)
    assert (
        f"index.html.{ending}：无法检查的文件（不认识的压缩格式，只能用 gz 或 zip） 1 处" in message
    )


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (f"decisions/{A}.html.gz", page("<h1>常综执罚决字〔2024〕第12号</h1>简宁远").encode()),
        (f"api/v1/decisions/{A}.json.gz", '{"text": "简宁远"}'.encode()),
        ("data/all.csv.gz", f"{B},某\n{'某，' * 900}{A},简宁远\n".encode()),
        ("data/all.jsonl.gz", f'{{"u": "{A}", "t": "{"某，" * 900}简宁远"}}'.encode()),
        ("data/all.xlsx.gz", workbook(f"{A} 简宁远")),
    ],
)
def test_what_is_gzipped_is_read_like_the_file_that_it_was(
    site: Site, path: str, content: bytes
) -> None:
    site.hidden = {A: ("简宁远",), B: ("完颜若水",)}
    site.write(path, gzip.compress(content, mtime=0))
    with pytest.raises(LeakFoundError) as caught:
        site.verify()
    assert (caught.value.paths, caught.value.slugs) == ({path}, {A})


def test_a_gzipped_companion_holds_what_its_file_holds(site: Site, tmp_path: Path) -> None:
    memory = Memory(tmp_path.with_suffix(".sqlite"), "program")
    plain = (site.tree / "index.html").read_bytes()
    site.write("index.html.gz", gzip.compress(plain, mtime=0))
    site.verify(memory)
    site.write("index.html", plain.replace("电话".encode(), "联系电话".encode()))
    with pytest.raises(BadSiteError, match=r"index\.html\.gz：与未压缩的同名文件内容不同"):
        site.verify(memory)


def test_a_bomb_is_not_unpacked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.verification.packed.MAX_UNPACKED", 1000)
    site.write("a.gz", gzip.compress(b"0" * 5000, mtime=0))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 5000)
    site.write("a.zip", packed.getvalue())
    assert leak_message(site).count("无法检查的文件") == 2
    assert zlib.decompressobj() is not None


def spoil(site: Site, body: str, slug: str = A) -> None:
    record = next(r for r in site.records if r.slug == slug)
    site.write(f"decisions/{slug}.html", page(f"<h1>{record.case_number}</h1>{body}"))


@pytest.mark.parametrize(
    "body",
    [
        "<p>证人李晓明称</p>",
        "<p>证人李 晓 明称</p>",
        "<p>证人李<b>晓</b>明称</p>",
        "<p>证人李&#26195;明称</p>",
        "<p title='李晓明'>某</p>",
        "<!-- 李晓明 -->",
        "<p>李\u200b晓明</p>",
        "<p>住常山县天马街道文峰西路１号２幢</p>",
        "<p>工号 a-7788-x</p>",
        "<p>座机 570 5012 349</p>",
    ],
)
def test_a_hidden_value_on_its_own_page_is_found(site: Site, body: str) -> None:
    site.hidden = {A: ("李晓明", "天马街道文峰西路1号2幢", "A-7788-X", "570-5012349")}
    spoil(site, body)
    message = leak_message(site)
    assert "本应隐去的内容" in message
    assert "李晓明" not in message
    assert "文峰" not in message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("证人高明称", True),
        ("（高明）", True),
        ("执法人员：高明、某某", True),
        ("经营者高明的妻子", True),
        ("向高明询问", False),
        ("手段高明，情节严重", False),
        ("当事人技艺高明者", False),
        ("高明区人民政府", False),
    ],
)
def test_a_name_of_two_characters_needs_its_surroundings(
    site: Site, text: str, found: bool
) -> None:
    site.hidden = {A: ("高明",)}
    spoil(site, f"<p>{text}</p>")
    if found:
        leak_message(site)
    else:
        assert site.verify().tree == site.tree


def test_the_words_of_every_decision_are_not_taken_for_a_name(site: Site) -> None:
    site.hidden = {A: ("陈述申",)}
    spoil(site, "<p>本机关制作了陈述申辩笔录。</p>")
    assert site.verify().tree == site.tree
    spoil(site, "<p>本机关制作了陈述申辩笔录，证人陈述申。</p>")
    leak_message(site)


def test_what_the_export_had_masked_already_is_no_leak(site: Site) -> None:
    site.hidden = {A: ("李某", "欧阳某某", "张某1", "****")}
    spoil(site, "<p>证人李某、欧阳某某、张某1称，电话****。</p>")
    assert site.verify().tree == site.tree


def test_a_hidden_name_inside_a_public_name_is_no_leak(site: Site) -> None:
    site.hidden = {A: ("王百顺", "百顺")}
    site.shown = {A: ("王百顺商贸行",)}
    spoil(site, "<p>当事人王百顺商贸行，</p>")
    assert site.verify().tree == site.tree
    spoil(site, "<p>当事人王百顺商贸行，经营者王百顺。</p>")
    leak_message(site)


def test_a_name_hidden_in_one_decision_may_be_public_in_another(site: Site) -> None:
    site.hidden = {A: ("李晓明",)}
    site.shown = {B: ("李晓明",)}
    spoil(site, "<p>当事人李晓明</p>", slug=B)
    items = "".join(
        f'<li><a href="decisions/{r.slug}.html">{r.case_number}</a> {name}</li>'
        for r, name in zip(site.records, ("某公司", "李晓明", ""), strict=True)
    )
    site.write("index.html", page(f"<ul>{items}</ul>", root=""))
    assert site.verify().tree == site.tree


@pytest.mark.parametrize("path", ["index.html", "feed.xml", "data/search.json"])
def test_a_hidden_value_beside_the_address_of_its_decision_is_found(site: Site, path: str) -> None:
    site.hidden = {A: ("李晓明",)}
    text = (
        json.dumps([{"slug": A, "party": "李晓明"}])
        if path.endswith("json")
        else page(
            "".join(f'<li><a href="decisions/{r.slug}.html">李晓明</a></li>' for r in site.records),
            root="",
        )
    )
    site.write(path, text)
    assert path in leak_message(site)


def test_a_long_hidden_number_may_stand_on_no_page(site: Site) -> None:
    site.hidden = {A: ("330822000099887",)}
    spoil(site, "<p>330822000099887</p>", slug=B)
    assert B in leak_message(site)


def test_what_a_withdrawn_decision_showed_may_stand_nowhere(site: Site) -> None:
    site.banished = ("常山县恒达建材厂", "91330822MA99999999")
    assert site.verify().tree == site.tree
    site.write("feed.xml", "<feed><title>常山县恒达<b>建材厂</b></title></feed>")
    message = leak_message(site)
    assert "已撤下决定的内容" in message
    assert "恒达" not in message


def test_a_file_name_with_a_hidden_value_is_not_repeated(site: Site) -> None:
    site.banished = ("恒达建材厂",)
    site.write("files/恒达建材厂.txt", "某")
    message = leak_message(site)
    assert "文件名含应隐去信息的文件" in message
    assert "恒达" not in message


def test_public_values_of_the_agency_pass(site: Site) -> None:
    spoil(site, "<p>监督电话：0570-5012345，13805700001，账号1209000012345678，a@b.cn</p>")
    site.public_values += (MOBILE, "1209 0000 1234 5678", "A@B.cn")
    assert site.verify().tree == site.tree


def test_a_public_address_does_not_cover_for_the_next(site: Site) -> None:
    spoil(site, "<p>bureau@example.gov.cn，zhang@example.com</p>")
    assert "电子邮箱 1 处" in leak_message(site)


def test_the_message_names_twenty_files_and_counts_the_rest(site: Site) -> None:
    for number in range(25):
        site.write(f"a{number}.txt", MOBILE)
    message = leak_message(site)
    assert "25 个文件中有 25 处" in message
    assert "另有 5 个文件" in message


@given(st.text(alphabet="0123456789 -.年月日号X<b></b>&#;〔〕一二三", max_size=60))
def test_separators_and_tags_never_hide_a_mobile_number(noise: str) -> None:
    assert "手机号码" in kinds(f"{noise}\n电话{MOBILE}。")


@given(st.sampled_from(["", "\u200b", "\u00ad", "\ufeff"]), st.integers(0, 799))
def test_invisible_characters_never_hide_an_id(mark: str, tail: int) -> None:
    number = f"33082219900307{tail:03}5"
    assert "身份证件号码" in kinds(mark.join(number))


def test_pages_full_of_numbers_are_read_in_time(site: Site) -> None:
    body = CLEAN * 8
    site.records = [
        Record(f"2024/{n}-0a1b2c3d4e", f"常综执罚决字〔2024〕第{n}号") for n in range(300)
    ]
    for record in site.records:
        spoil(site, body, slug=record.slug)
    site.write("index.html", listing(site.records))
    for old in (B, GONE):
        (site.tree / f"decisions/{old}.html").unlink()
    site.hidden = {r.slug: ("李晓明", "高明", MOBILE, ID) for r in site.records}
    start = time.process_time()
    assert site.verify().tree == site.tree
    assert time.process_time() - start < 6


def test_the_number_of_an_officer_is_public_on_the_list_of_officers_and_nowhere_else(
    site: Site,
) -> None:
    certificate = "13082201001"
    site.listed = {"officers.html": (certificate,), f"decisions/{A}.html": (certificate,)}
    site.hidden = {A: (certificate, "简宁远")}
    site.write("officers.html", page(f"<td>简宁远</td><td>{certificate}</td>", root=""))
    site.verify()
    site.write("officers.html", page(f"<td>{certificate}</td><td>{MOBILE}</td>", root=""))
    assert "手机号码 1 处" in leak_message(site)
    site.write("officers.html", page(f"<td>{certificate}</td>", root=""))
    for path in ("windows.html", f"decisions/{B}.html", f"decisions/{A}.html"):
        before = (site.tree / path).read_bytes() if (site.tree / path).exists() else b""
        number = "常综执罚决字〔2024〕第13号" if B in path else "常综执罚决字〔2024〕第12号"
        site.write(
            path, page(f"<h1>{number}</h1><p>{certificate}</p>", root="../../" if before else "")
        )
        assert path in leak_message(site)
        site.write(path, before or page("", root=""))
    site.verify()


def test_a_hidden_name_in_the_text_for_search_is_found(site: Site) -> None:
    site.hidden = {A: ("简宁远",)}
    site.write(f"search/texts/{A}.json", '{"text": "证人简某称"}')
    site.verify()
    site.write(f"search/texts/{A}.json", '{"text": "证人简\\u5b81远称"}')
    assert f"search/texts/{A}.json" in leak_message(site)


def _items(before: str, after: str) -> str:
    links = {slug: f'<a href="decisions/{slug}.html">常综执罚决字</a>' for slug in (A, B)}
    return f"<li>{links[B]}</li><li>{before}{links[A]}{after}</li><li>{links[B]}</li>"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (f"decisions/{A}.html", page("<h1>常综执罚决字〔2024〕第12号</h1><p>简宁远</p>")),
        (f"search/texts/{A}.json", '{"text": "简宁远"}'),
        (f"api/v1/decisions/{A}.json", '{"text": "简宁远"}'),
        ("data/2024.csv", f"{B},某\n{A},简宁远\n"),
        ("data/2024.csv", f"{B},某\n{A},138-0570-0001\n"),
        ("data/2024.csv", f"{B},某\n{A},330822000099887\n"),
        ("data/2024.jsonl", f'{{"u":"{B}"}}\n{{"u":"{A}","n":"简宁远"}}\n'),
        ("feeds/all.atom", f"<feed><entry>{B}</entry><entry>{A} 简宁远</entry></feed>"),
        ("api/v1/2024.json", json.dumps([{"u": B}, {"u": A, "n": "简宁远"}])),
        ("lists.html", page(f"<li>{B}</li><li>{A} 简宁远</li>", root="")),
        ("lists.html", page(_items("简宁远", ""), root="")),
        ("lists.html", page(_items("", "简宁远"), root="").replace("li>", "tr>")),
    ],
)
def test_the_decision_that_a_leak_stands_with_is_known(site: Site, path: str, content: str) -> None:
    site.hidden = {A: ("简宁远",), B: ("完颜若水", "330822000099887")}
    site.write(path, content)
    with pytest.raises(LeakFoundError) as caught:
        site.verify()
    assert caught.value.paths == {path}
    assert caught.value.slugs == {A}


def test_a_leak_near_no_decision_belongs_to_none(site: Site) -> None:
    site.hidden = {A: ("简宁远",)}
    site.write("about.txt", MOBILE)
    with pytest.raises(LeakFoundError) as caught:
        site.verify()
    assert (caught.value.paths, caught.value.slugs) == ({"about.txt"}, frozenset())


def test_a_hidden_value_that_a_list_shows_in_its_title_belongs_to_its_decision(site: Site) -> None:
    site.hidden = {A: ("常山县某局",), B: ("完颜若水",)}
    entries = "".join(f"<entry>{slug}</entry>" for slug in (A, B))
    site.write("feeds/all.atom", f"<feed><title>常山县某局</title>{entries}</feed>")
    with pytest.raises(LeakFoundError) as caught:
        site.verify()
    assert caught.value.slugs == {A}
