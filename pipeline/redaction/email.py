"""Addresses of electronic mail: the @ is the anchor, both sides are read from it."""

import re
from collections.abc import Iterable

from pipeline.domain.protected import Category, Finding
from pipeline.redaction.model import Kept, Known, NormalText
from pipeline.redaction.numbers import finder
from pipeline.redaction.reading import Stretches, read

_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}[ \r\n]{0,3}$")
_DOMAIN = re.compile(
    r"[ \r\n]{0,3}(?:[A-Za-z0-9-]{1,40}[ \r\n]{0,2}(?:[.·。]|点)[ \r\n]{0,2}){1,4}[A-Za-z]{2,10}"
)
_AGENCY = re.compile(r"\.gov\.cn$")


class Email:
    """Finds e-mail addresses but those of agencies."""

    name = "email"

    def find(
        self, text: NormalText, known: Known, protected: Stretches
    ) -> Iterable[Finding | Kept]:
        """Return every e-mail address of ``text``."""
        del known
        found: list[Finding] = []
        at = text.text.find("@")
        if at < 0:
            return found
        add = finder(read(text), protected, Category.EMAIL, self.name, found)
        while at >= 0:
            local = _LOCAL.search(text.text, max(0, at - 70), at)
            domain = _DOMAIN.match(text.text, at + 1)
            if local and domain and not _AGENCY.search(domain.group()):
                add(local.start(), domain.end(), "电子邮箱的形式")
            at = text.text.find("@", at + 1)
        return found
