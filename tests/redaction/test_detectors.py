"""One table per kind: what is hidden, what stays, in the words around it."""

import pytest

from pipeline.domain.party import PartyKind
from pipeline.domain.protected import Category
from pipeline.redaction.engine import detect
from pipeline.redaction.model import Known, KnownParty
from pipeline.redaction.resolve import resolve


def hidden(text: str, category: Category, known: Known | None = None) -> list[str]:
    found = [f for f in detect(text, known or Known()).findings if f.category is category]
    return [text[f.span.start : f.span.end] for f in resolve(found)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("身份证号：330822199001011234。", ["330822199001011234"]),
        ("身份证号：33082219900101123，少一位", ["33082219900101123"]),
        ("公民身份号码33082219901301123X", ["33082219901301123X"]),
        ("当事人（33082219901301123X）", ["33082219901301123X"]),
        ("身份证330822********1234", ["330822********1234"]),
        ("身份证号330822XXXXXXXX123X。", ["330822XXXXXXXX123X"]),
        ("（330822850312123）", ["330822850312123"]),
        ("证件号码：H1234567890", ["H1234567890"]),
        (
            "身份证330822199001011234、330822199001011242。",
            ["330822199001011234", "330822199001011242"],
        ),
        ("统一社会信用代码：91330822MA2DABCD1X", []),
        ("（91330822MA2DABCD1X）", []),
        ("订单号：20240101199001011234", []),
        ("合同编号330822201901011234567", []),
        ("身份证复印件一份", []),
        ("罚款330822元", []),
    ],
)
def test_id_numbers(text: str, values: list[str]) -> None:
    assert hidden(text, Category.ID_CARD) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("电话13805701234、13905705678", ["13805701234", "13905705678"]),
        ("手机+86 138 0570 1234", ["+86 138 0570 1234"]),
        ("电话：0570-5012345转801。", ["0570-5012345转801"]),
        ("（0570）5012345", ["（0570）5012345"]),
        ("电话：5012345", ["5012345"]),
        ("电话：0570-5012345/5012346", ["0570-5012345", "5012346"]),
        ("客服400-800-1234", ["400-800-1234"]),
        ("电话：1380570123", ["1380570123"]),
        ("Tel13805701234", ["13805701234"]),
        ("联系电话：5012345\n2.违法事实", ["5012345"]),
        ("联系电话：5012345\n2024年3月5日", ["5012345"]),
        ("联系电话：5012345\n一、违法事实", ["5012345"]),
        ("查获手机13805701234一部", ["13805701234"]),
        ("我局联系电话：0570-5012345", []),
        ("监督电话：0570-5012345", []),
        ("我局联系当事人，其电话：0570-5012345", ["0570-5012345"]),
        ("拨打12345、12315", []),
        ("日期2012.03.24 2012.06.02", []),
        ("订单编号：13805701234567890", []),
        ("运单号SF13805701234", []),
        ("批号20240305，金额12345678元", []),
        ("邮政编码：324200", []),
        ("型号M13805701234", []),
    ],
)
def test_telephones(text: str, values: list[str]) -> None:
    assert hidden(text, Category.PHONE) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("卡号6222021208001234567", ["6222021208001234567"]),
        ("转入6222021208001234567后", ["6222021208001234567"]),
        ("卡号6222021208001234567一张", ["6222021208001234567"]),
        ("账号201000123456789 2024年开立", ["201000123456789"]),
        ("公司账号：1208 0123 4567 8901 234", ["1208 0123 4567 8901 234"]),
        ("账号：19-750101040012345", ["19-750101040012345"]),
        ("扣押皖Ａ6222021208001234564一张", ["6222021208001234564"]),
        ("开户行及账号：工行常山支行1209260009200123456。", ["1209260009200123456"]),
        ("将罚款缴至农业银行常山支行，账号67510361103877081", []),
        ("将罚没款缴入财政专户，账号19750101040012345", []),
        ("缴纳罚款，账号19750101040012345。退款账户：201000123456789", ["201000123456789"]),
        ("微信支付交易流水号4200001234202404011234567890", []),
        ("条形码6901234567892，发票号码12345678", []),
        ("食品生产许可证编号SC10333082200123", []),
    ],
)
def test_bank_accounts(text: str, values: list[str]) -> None:
    assert hidden(text, Category.BANK_ACCOUNT) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("驾驶浙H12345小型轿车", ["浙H12345"]),
        ("驾驶浙H·D12345", ["浙H·D12345"]),
        ("牵引浙H1234挂", ["浙H1234挂"]),
        ("粤Z1234港、浙A1234警", ["粤Z1234港", "浙A1234警"]),
        ("临时号牌浙H·临12345", ["浙H·临12345"]),
        ("使014578号车", ["使014578"]),
        ("WJ浙12345", ["WJ浙12345"]),
        ("电动自行车牌：衢州012345，", ["衢州012345"]),
        ("浙\nH12345", ["浙\nH12345"]),
        ("执法证号浙H080012345", []),
        ("新ABC型设备", []),
        ("川A区", []),
    ],
)
def test_number_plates(text: str, values: list[str]) -> None:
    assert hidden(text, Category.PLATE) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("护照号码：E12345678", ["E12345678"]),
        ("持E12345678入境", ["E12345678"]),
        ("往来通行证H12345678", ["H12345678"]),
        ("台湾居民来往大陆通行证：12345678", ["12345678"]),
        ("军官证：军字第1234567号", ["军字第1234567号"]),
        ("执法证号：33080012345、33080012346", ["33080012345", "33080012346"]),
        ("执法人员（浙H080012345）", ["浙H080012345"]),
        ("残疾证号33082219900101123442", ["33082219900101123442"]),
        ("律师钱小荷（执业证号13308201510123456）", ["13308201510123456"]),
        ("检查人员钱小荷（证号浙A0612345）", ["浙A0612345"]),
        (
            "监察员钱小荷、孙志远（证件号码：浙水政H0123、浙水政H0145）",
            ["浙水政H0123", "浙水政H0145"],
        ),
        ("执法人员钱小荷（33080012345）、孙志远（33080012346）", ["33080012345", "33080012346"]),
        ("项目经理钱小荷（注册建造师，证书号浙233131456789）", ["浙233131456789"]),
        ("执法人员发现该批饮料（6901234567892）", []),
        ("食品经营许可证（证号JY13308220012345）", []),
        ("营业执照 证号：330822600123456", []),
        ("道路运输证号：330822001234", []),
        ("型号GB12345", []),
        ("检验报告编号E12345678", []),
    ],
)
def test_certificates(text: str, values: list[str]) -> None:
    assert hidden(text, Category.CERTIFICATE) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("邮箱lin.mu@example.com。", ["lin.mu@example.com"]),
        ("邮箱lin @ example . com", ["lin @ example . com"]),
        ("linmu#qq.com", ["linmu#qq.com"]),
        ("linmu[at]qq.com", ["linmu[at]qq.com"]),
        ("本局邮箱cszf@changshan.gov.cn", []),
        ("@所有人", []),
    ],
)
def test_mail_addresses(text: str, values: list[str]) -> None:
    assert hidden(text, Category.EMAIL) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("微信号：lin_mu88，", ["lin_mu88"]),
        ("QQ：12345678", ["12345678"]),
        ("抖音号:123456abc", ["123456abc"]),
        ("支付宝账号linmu88", ["linmu88"]),
        ("微信昵称“山间清风”", ["“山间清风”"]),
        ("微信支付500元", []),
        ("通过微信转账12000元", []),
    ],
)
def test_network_accounts(text: str, values: list[str]) -> None:
    assert hidden(text, Category.SOCIAL_ACCOUNT) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("林木，男，1990年1月1日出生", ["1990年1月1日"]),
        ("生于1985年3月，", ["1985年3月"]),
        ("出生日期：1985-03-02", ["1985-03-02"]),
        ("出生于一九九〇年五月六日", ["一九九〇年五月六日"]),
        ("1990年5月6日生，", ["1990年5月6日"]),
        ("男，1975年6月，住址不详", ["1975年6月"]),
        ("本决定于2024年3月5日作出", []),
        ("2024年3月5日的出生医学证明", []),
        ("2021年5月6日生产的酱油", []),
    ],
)
def test_birth_dates(text: str, values: list[str]) -> None:
    assert hidden(text, Category.BIRTH_DATE) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("持有浙（2021）常山县不动产权第0001234号。", ["浙（2021）常山县不动产权第0001234号"]),
        ("产权（粤（2019）佛南不动产权第0123456号）", ["粤（2019）佛南不动产权第0123456号"]),
        ("不动产权登记中心", []),
        ("建设用地规划许可证地字第330822202400012号", []),
    ],
)
def test_certificates_of_property(text: str, values: list[str]) -> None:
    assert hidden(text, Category.PROPERTY) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (
            "住址：浙江省常山县天马街道新丰路12号3幢2单元501室，",
            "浙江省常山县天马街道新丰路12号3幢2单元501室",
        ),
        ("家庭住址：李家沱村5组17号。", "李家沱村5组17号"),
        ("家住阳光小区3-2-501，", "阳光小区3-2-501"),
        ("户籍地贵州省锦屏县云岭乡白石村，", "贵州省锦屏县云岭乡白石村"),
        ("现住长沙县北环路8号的林木", "长沙县北环路8号"),
        ("，住常山县天马街道朝阳巷3弄5号。", "常山县天马街道朝阳巷3弄5号"),
        ("居住地均为江西省万载县青藤路52号9栋308室。", "江西省万载县青藤路52号9栋308室"),
        ("住址：常山县天马街道新丰\n路12号\n联系电话：", "常山县天马街道新丰\n路12号"),
        ("收货地址：常山县天马街道新昌路9号2单元301室。", "常山县天马街道新昌路9号2单元301室"),
        (
            "性别：男\n身份证号：略\n地址：常山县球川镇李家沱村5组17号",
            "常山县球川镇李家沱村5组17号",
        ),
        (
            "经营者：林木；身份证件号码：略；联系地址：富足山小区7幢1单元302室。",
            "富足山小区7幢1单元302室",
        ),
    ],
)
def test_a_home_address_is_found_whole(text: str, values: str) -> None:
    assert hidden(text, Category.ADDRESS_HOME) == [values]


@pytest.mark.parametrize(
    "text",
    [
        "经营地址：常山县天马街道新丰路12号。",
        "常山县春晖食品厂，住所：常山县天马街道新丰路15号。",
        "住所（住址）：常山县天马街道新丰路15号；统一社会信用代码：略。",
        "统一社会信用代码：略；住所（住址）：常山县天马街道新丰路15号；经营者：林木。",
        "法定代表人：林木 身份证号码：略 地址：常山县辉埠镇久泰弄村",
        "案发地点位于常山县天马街道新丰路12号。",
        "单位地址：浙江省义乌市创业大道184号",
        "向常山县人民政府申请复议，地址：常山县天马街道定阳北路8号",
        "住院于常山县人民医院，住宿费300元，住房三间",
        "居住在常山县。",
        "住浙江省衢州市。",
        "居民住宅小区的规划",
    ],
)
def test_other_addresses_stay(text: str) -> None:
    assert hidden(text, Category.ADDRESS_HOME) == []


def test_a_home_address_is_hidden_wherever_it_is_repeated() -> None:
    text = "家住城东新区幸福家园12-2-601。执法人员在幸福家园12-2-601内查获物品。"
    assert len(hidden(text, Category.ADDRESS_HOME)) == 2


def test_a_business_address_equal_to_a_known_home_is_hidden() -> None:
    known = Known(
        parties=(KnownParty("常山县春晖食品厂", PartyKind.LEGAL_PERSON),),
        homes=("浙江省常山县天马街道新丰路12号",),
    )
    text = "经营地址：常山县天马街道新丰路12号。"
    assert hidden(text, Category.ADDRESS_HOME, known) == ["天马街道新丰路12号"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("其母患有尿毒症，每周需透析三次，家庭困难", ["患有尿毒症，每周需透析三次"]),
        ("当事人系二级肢体残疾，", ["系二级肢体残疾"]),
        ("系肢体三级残疾人。", ["系肢体三级残疾人"]),
        ("当事人已怀孕6个月，", ["已怀孕6个月"]),
        ("确诊为肺癌晚期，需长期化疗。", ["确诊为肺癌晚期，需长期化疗"]),
        ("系乙肝病毒携带者，", ["系乙肝病毒携带者"]),
        ("陈先生的病历显示急性肠胃炎。", ["病历显示急性肠胃炎"]),
        ("临床诊断：慢性胃炎；医师：略", ["慢性胃炎"]),
        ("顾客（患糖尿病多年）在店内购药", ["患糖尿病多年"]),
        ("其兄曾因心脏搭桥手术请假", ["其兄曾因心脏搭桥手术"]),
        ("其丈夫因脑梗瘫痪在床，", ["其丈夫因脑梗瘫痪在床"]),
        ("违法线索的诊断结论：设备老化", []),
        ("提供的病历显示就诊时间", []),
        ("员工林木患有抑郁症多年，", ["患有抑郁症多年"]),
        ("接种了乙肝疫苗。", []),
        ("依据《中华人民共和国传染病防治法》第三条", []),
        ("未取得健康证", []),
        ("患有痢疾、伤寒等疾病的人员不得上岗", []),
        ("宣传该产品可治疗糖尿病、高血压", []),
        ("残疾赔偿金50000元", []),
        ("县残疾人联合会", []),
        ("销售病死猪肉", []),
        ("孕妇奶粉三罐", []),
        ("设置精神科、传染病科", []),
    ],
)
def test_health(text: str, values: list[str]) -> None:
    assert hidden(text, Category.HEALTH) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("孩子就读东明一小五（2）班）来电", ["就读东明一小五（2）班"]),
        ("其子就读于常山县东明小学三年级（2）班。", ["就读于常山县东明小学三年级（2）班"]),
        ("系常山县东明中学八年级学生", ["常山县东明中学八年级"]),
        ("常山县东明小学食堂未办理许可证", []),
        ("六年级课本100册", []),
    ],
)
def test_what_leads_to_a_child(text: str, values: list[str]) -> None:
    assert hidden(text, Category.MINOR) == values


def test_a_known_value_is_hidden_with_gaps_and_in_any_script() -> None:
    known = Known(values=(("90011234", Category.ID_CARD), ("白色面包车后座", Category.MARKED)))
    text = "编号9001 1234，九〇〇一一二三四，存放于白色面包车后座。"
    assert hidden(text, Category.ID_CARD, known) == ["9001 1234", "九〇〇一一二三四"]
    assert hidden(text, Category.MARKED, known) == ["白色面包车后座"]


def test_a_value_that_the_settings_call_public_stays() -> None:
    text = "联系电话：13805701234。"
    known = Known(public_values=frozenset({"13805701234"}))
    assert hidden(text, Category.PHONE, known) == []
    assert hidden(text, Category.PHONE) == ["13805701234"]


@pytest.mark.parametrize(
    "text",
    [
        "常公（天马）行罚决字〔2026〕00512号",
        "伤情鉴定意见书（常公鉴（法）字〔2026〕88号）",
        "衢柯综执（城）罚告字[2026]第7号",
    ],
)
def test_a_number_with_the_agency_in_brackets_stays_whole(text: str) -> None:
    assert detect(text, Known()).findings == ()


def test_a_heading_says_what_is_in_every_cell_of_its_column() -> None:
    text = (
        "姓名\t住址\t联系电话\t订单号\n"
        "徐海燕\t常山县球川镇球川三村12-3号\t13757012233\t20260101123456789\n"
        "毛国忠\t金川街道徐村\t0570-5123987\t20260101123456790\n"
        "以上共二人\n住址\t经营范围\n"
    )
    assert hidden(text, Category.ADDRESS_HOME) == ["常山县球川镇球川三村12-3号", "金川街道徐村"]
    assert hidden(text, Category.PHONE) == ["13757012233", "0570-5123987"]
    assert hidden(text, Category.BANK_ACCOUNT) == []
