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
_HOST = re.compile(
    r"(?:vip\.)?(?:qq|163|126|139|189|sina|gmail|outlook|hotmail|foxmail|sohu|yeah|aliyun|tom|icloud|yahoo)"
    r"\.(?:com|cn|net)"
)
_WRITTEN = re.compile(
    r"[A-Za-z0-9._-]{3,40} ?(?:#|\[at\]|\(at\)|（at）| at |艾特|圈a|\(a\)|\[a\]) ?$", re.IGNORECASE
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
        reading = read(text)
        add = finder(reading, protected, Category.EMAIL, self.name, found)
        at = reading.text.find("@")
        while at >= 0:
            local = _LOCAL.search(reading.text, max(0, at - 70), at)
            domain = _DOMAIN.match(reading.text, at + 1)
            if local and domain and not _AGENCY.search(domain.group()):
                add(local.start(), domain.end(), "电子邮箱的形式")
            at = reading.text.find("@", at + 1)
        if ".com" in reading.text or ".cn" in reading.text or ".net" in reading.text:
            for host in _HOST.finditer(reading.text):
                low = max(0, host.start() - 60)
                if written := _WRITTEN.search(reading.text, low, host.start()):
                    add(written.start(), host.end(), "写法变形的电子邮箱")
        return found
