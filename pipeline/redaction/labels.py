"""Words that say what the number or the words after them are: 身份证号、联系电话、账号、订单号…

One pass over the text finds them all; each detector takes its own kind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

import ahocorasick_rs


class Kind(Enum):
    """What a label announces."""

    ID = auto()
    CERTIFICATE = auto()
    PHONE = auto()
    ACCOUNT = auto()
    SOCIAL = auto()
    BIRTH = auto()
    PROPERTY = auto()
    PUBLIC_NUMBER = auto()
    HOME = auto()
    SITE = auto()
    HEALTH = auto()
    SCHOOL = auto()


WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.ID: tuple(
        "身份证号码 身份证号 身份证编号 身份证件号码 身份证件号 身份证 公民身份号码 公民身份证号码 "
        "公民身份证号 居民身份证号码 居民身份证号 居民身份证 身份号码 身份证明号码 证件号码 证件号 "
        "身份证件 身份证明编号 身分证 身份證 ID号 ID号码 驾驶证号 驾驶证号码 驾驶证".split()
    ),
    Kind.CERTIFICATE: tuple(
        "护照 护照号 护照号码 通行证 通行证号 通行证号码 回乡证 台胞证 居留身份证 永久居留身份证 "
        "居留许可 居住证 军官证 士官证 士兵证 文职干部证 军人证 军人身份证件 警官证 学生证 户口簿 "
        "户口本 残疾人证 残疾证 老年证 社保卡号 社保卡 社会保障卡 医保卡号 医保卡 社保号 准考证号 "
        "执法证 执法证号 执法证件号 执法证件编号 执法证编号 行政执法证号 执法证件号码 执法证号码 "
        "执法证件 从业资格证号 驾驶证档案编号 档案编号 工号 警号 学号 学籍号 病历号 住院号 门诊号 "
        "就诊卡号".split()
    ),
    Kind.PHONE: tuple(
        "联系电话 电话 电话号码 手机 手机号 手机号码 移动电话 联系方式 联系号码 固定电话 固话 座机 "
        "传真 家庭电话 宅电 办公电话 来电号码 来电 致电 拨打 机主 Tel TEL tel Phone 联系人电话 "
        "手机尾号 電話 手機".split()
    ),
    Kind.ACCOUNT: tuple(
        "账号 帐号 账户 帐户 账户号 卡号 银行卡 银行卡号 银行账号 银行帐号 银行账户 银行帐户 "
        "收款账号 收款账户 开户账号 基本户 结算户 对公户 储蓄卡 信用卡 借记卡 存折 账戶 帳號 帳戶 "
        "开户行 开户银行".split()
    ),
    Kind.SOCIAL: tuple(
        "微信号 微信账号 微信ID 微信 QQ号 QQ号码 QQ QQ账号 QQ群 支付宝账号 支付宝账户 支付宝 抖音号 "
        "抖音账号 快手号 快手ID 小红书号 微博账号 微博 淘宝账号 淘宝ID 旺旺 旺旺号 闲鱼号 陌陌号 "
        "用户ID 会员账号 网名 昵称 微信昵称 微信名 B站ID UID 钉钉号 扣扣 平台账号 游戏账号".split()
    ),
    Kind.BIRTH: tuple(
        "出生日期 出生年月日 出生年月 出生时间 出生于 生于 生日 出生 年生 日生".split()
    ),
    Kind.PROPERTY: tuple(
        "不动产权 不动产权证 不动产权证书 不动产权证号 房产证 房产证号 房屋所有权证 房权证 房地产权证 "
        "土地使用权证 土地使用证 国用 集用 宅基地使用证 房地权证".split()
    ),
    Kind.PUBLIC_NUMBER: tuple(
        "订单号 订单编号 订单号码 订单 运单号 运单号码 快递单号 物流单号 发票号码 发票代码 发票号 "
        "发票编号 条码 条形码 商品条码 条码号 批号 生产批号 批次号 批次 产品批号 许可证号 许可证编号 "
        "许可证号码 许可证 注册号 执照号 营业执照号 营业执照注册号 备案号 备案编号 登记号 登记编号 "
        "登记证号 报告编号 检验报告编号 报告书编号 检验编号 抽样单编号 抽样编号 样品编号 编号 货号 "
        "型号 规格型号 标准号 执行标准 产品编号 商品编号 商品编码 商品ID 商品 序列号 出厂编号 "
        "设备编号 合同编号 合同号 流水号 交易单号 交易流水号 受理号 案号 案件编号 举报编号 投诉编号 "
        "工单号 工单编号 邮编 邮政编码 组织机构代码 税号 纳税人识别号 统一社会信用代码 社会信用代码 "
        "信用代码 信用代码证 税务登记号 批准文号 国药准字 文号 票据号码 凭证号 收据编号 单号 票号 "
        "房间号 专利号 商标注册号 商标注册证 注册证号 注册证编号 型式批准 追溯码 溯源码 代码 "
        "资格证书编号 资质证书编号 证书编号 从业资格 健康证号 健康证编号 网址 店铺ID 链接ID "
        "档案号 区号 海关编码 检疫证明编号 动物检疫合格证明 电子监管码".split()
    ),
    Kind.HOME: (),
    Kind.SITE: (),
    Kind.HEALTH: (),
    Kind.SCHOOL: (),
}

_TABLE = tuple((word, kind) for kind, words in WORDS.items() for word in words)
_KINDS = tuple(kind for _, kind in _TABLE)
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _ in _TABLE], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
_JOIN = re.compile(
    r"(?:号码|证号|编号|账号|卡号|码|号|为|是|系|即|分别|均|本人|[：:\s（(）)\[\]【】“”\"'#，,]|No\.?:?)*"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A word at ``start`` that announces a value of ``kind`` at ``value``."""

    kind: Kind
    start: int
    end: int
    value: int


def labels(text: str) -> Sequence[Label]:
    """Return every label of ``text``, in order, the longest where several begin."""
    joined = _JOIN.match
    return [
        Label(_KINDS[which], start, end, found.end() if (found := joined(text, end)) else end)
        for which, start, end in _AUTOMATON.find_matches_as_indexes(text)
    ]
