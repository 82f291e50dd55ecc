"""Every detector that is asked, in order; the names last."""

from typing import Final

from pipeline.redaction.address import HomeAddress
from pipeline.redaction.bank_account import BankAccount
from pipeline.redaction.birth_date import BirthDate
from pipeline.redaction.certificate import Certificate
from pipeline.redaction.email import Email
from pipeline.redaction.health import Health
from pipeline.redaction.id_card import IdCard
from pipeline.redaction.known_value import KnownValue
from pipeline.redaction.minor import Minor
from pipeline.redaction.model import Detector
from pipeline.redaction.names import NAMES
from pipeline.redaction.phone import Phone
from pipeline.redaction.plate import Plate
from pipeline.redaction.property_certificate import PropertyCertificate
from pipeline.redaction.social_account import SocialAccount

DETECTORS: Final[tuple[Detector, ...]] = (
    KnownValue(),
    IdCard(),
    Certificate(),
    Phone(),
    BankAccount(),
    Plate(),
    Email(),
    SocialAccount(),
    BirthDate(),
    PropertyCertificate(),
    HomeAddress(),
    Health(),
    Minor(),
    NAMES,
)
