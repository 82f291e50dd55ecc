"""Bank cards and accounts, of people and of organisations (000 公示 第九条第一、二项).

A card is known by 62 and its length or by its check digit; an account has no check, so a label
decides. The account into which fines are paid is public and stays.
"""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.redaction.checks import passes_luhn
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder, glued
from pipeline.redaction.payment_order import is_payment_order
from pipeline.redaction.reading import Reading, Stretches, read

_CARD = (15, 16, 17, 18, 19)
_NEAR = re.compile(
    r"账号|帐号|账户|帐户|卡号|银行|信用社|信用合作|储蓄|存折|户名|[支分]行|[工农建交]行|农商行|[本般用算]户|专户|開戶|帳"
)


class BankAccount:
    """Finds card and account numbers, but for the treasury's."""

    name = "bank_account"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every bank account of ``text``."""
        del known
        reading = read(text)
        found: list[Finding] = []
        kept: list[Kept] = []
        add = finder(reading, protected, Category.BANK_ACCOUNT, self.name, found)
        for run in reading.runs:
            length = len(run.digits)
            if length < 6:
                continue
            kind = reading.label_of(run)
            if kind is not Kind.ACCOUNT and (kind is not None or length < 12):
                continue
            if glued(reading, run) and not _is_sure_card(run.digits[: run.whole]):
                continue
            if kind is Kind.ACCOUNT or _near(reading, run.start):
                start, end = run.span(0, run.whole)
                is_card = run.digits.startswith("62") and run.whole >= 16
                if not is_card and is_payment_order(reading.text, start):
                    span = reading.original(start, end)
                    reason = "缴纳罚款的账户，属于公开信息"
                    kept.append(Kept(span, Category.BANK_ACCOUNT.chinese, self.name, reason))
                else:
                    add(start, end, "标签表明为银行账号")
            elif length >= 15:
                cards = [(a, b) for a, b in run.windows(_CARD) if _is_card(run.digits[a:b])]
                for first, last in cards:
                    add(*run.span(first, last), "银行卡号的形式", Confidence.PROBABLE)
        return [*found, *kept]


def _near(reading: Reading, start: int) -> bool:
    return _NEAR.search(reading.text, max(0, start - 30), start) is not None


def _is_card(number: str) -> bool:
    if number.startswith("62"):
        return len(number) >= 16
    return len(number) in {16, 19} and number[0] in "34569" and passes_luhn(number)


def _is_sure_card(number: str) -> bool:
    return number.startswith("62") and len(number) in {16, 19} and passes_luhn(number)
