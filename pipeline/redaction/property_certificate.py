"""Certificates of property (不动产权证、房产证): the number leads to an owner and a home."""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.labels import Kind
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_HEAD = re.compile(
    r"(?:[\u4e00-\u9fff]{1,3}\s?)?(?:[〔\[(（【]?\s?[12][0-9]{3}\s?[〕\])）】]?\s?年?)?[\u4e00-\u9fff]{0,10}$"
)
_TAIL = re.compile(
    r"(?:证书|证)?(?:编号|号码|号)?[为是：:\s]{0,3}(?:[\u4e00-\u9fff]{0,8}?)?"
    r"(?:[〔\[(（【]\s?[12][0-9]{3}\s?[〕\])）】])?[\u4e00-\u9fff]{0,10}?"
    r"第?\s?[A-Za-z]?[0-9](?:[0-9 -]{2,20})[0-9](?:\s?号)?"
)
_CUT = re.compile(r".*[，。；：、的为证是持有取得凭]")


class PropertyCertificate:
    """Finds numbers of certificates of land and buildings."""

    name = "property_certificate"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every number of a certificate of property."""
        del known, protected
        reading = read(text)
        found: list[Finding] = []
        add = finder(reading, (), Category.PROPERTY, self.name, found)
        for label in reading.of_kind(Kind.PROPERTY):
            tail = _TAIL.match(reading.text, label.end)
            if tail is None:
                continue
            head = _HEAD.search(reading.text, max(0, label.start - 18), label.start)
            start = label.start
            if head and any(char.isdigit() for char in head.group()):
                cut = _CUT.match(head.group())
                start = head.start() + (cut.end() if cut else 0)
            add(start, tail.end(), "权属证书编号")
        return found
