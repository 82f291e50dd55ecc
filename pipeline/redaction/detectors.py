"""Every detector that is asked, in order; the names last."""

from typing import Final

from pipeline.redaction.bank_account import BankAccount
from pipeline.redaction.email import Email
from pipeline.redaction.id_card import IdCard
from pipeline.redaction.model import Detector
from pipeline.redaction.phone import Phone
from pipeline.redaction.plate import Plate

DETECTORS: Final[tuple[Detector, ...]] = (
    IdCard(),
    Phone(),
    BankAccount(),
    Plate(),
    Email(),
)
