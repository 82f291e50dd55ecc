"""缴纳罚款: the sentence that says where a fine is paid. What it names is public."""

import re

_FINE = re.compile(r"罚款|罚没|财政|国库|代收|非税|滞纳|加处")
_PAY = re.compile(r"缴|交至|交到|汇入|汇至|汇缴|存入|代收|专户|收款")
_ORDER = re.compile(
    r"缴[款纳](?:方式|账|帐|银行|地点|渠道)|收款(?:银行|单位|账|帐|户)|罚没(?:账|帐|专户)|缴[至入到]|代收银行"
)
_PRIVATE = re.compile(r"当事人|本人|个人|其|工资|赔偿|转账|打入|公司|[店厂某]|卡")
_REACH = 120


def is_payment_order(text: str, at: int) -> bool:
    """Say whether the sentence that leads to ``at`` orders the payment of a fine."""
    sentence = text[max(0, at - _REACH) : at].rpartition("。")[2]
    if _FINE.search(sentence) and _PAY.search(sentence):
        return True
    return _ORDER.search(sentence) is not None and _PRIVATE.search(sentence) is None


def follows_payment_order(text: str, at: int) -> bool:
    """Say whether the sentence before the one at ``at`` orders the payment of a fine."""
    stop = text.rfind("。", max(0, at - _REACH), at)
    return stop > 0 and is_payment_order(text, stop)
