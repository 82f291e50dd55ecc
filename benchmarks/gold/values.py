"""Invented numbers and addresses with right checksums, and the disguises they come in."""

import random
from collections.abc import Callable, Mapping

_REGIONS = ("330822", "330802", "330881", "330105", "341126", "420583", "511902", "431222")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")


def id_number(rng: random.Random) -> str:
    """Return an 18-character identity number with its check character."""
    body = (
        f"{rng.choice(_REGIONS)}{rng.randint(1950, 2001)}{rng.randint(1, 12):02}"
        f"{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    )
    total = sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def mobile(rng: random.Random) -> str:
    """Return a mobile number."""
    return f"1{rng.choice('35789')}{rng.randint(0, 999_999_999):09}"


def bank_card(rng: random.Random) -> str:
    """Return a 19-digit card number that passes Luhn."""
    body = "62" + "".join(rng.choice("0123456789") for _ in range(16))
    doubled = [int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body))]
    return body + str(-sum(d // 10 + d % 10 for d in doubled) % 10)


def plate(rng: random.Random) -> str:
    """Return a number plate, a quarter of them new-energy."""
    head = f"浙{rng.choice('ABCDEFGHJK')}"
    if rng.random() < 0.25:
        return f"{head}D{rng.randint(0, 99999):05}"
    return (
        head
        + "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(4))
        + str(rng.randint(0, 9))
    )


def home(rng: random.Random) -> str:
    """Return the part of a home address below the county."""
    village = (
        f"{rng.choice(('天马', '球川', '辉埠', '芳村', '招贤'))}镇{rng.choice('东西南北上下')}"
        f"{rng.choice('山塘坞岭湾畈')}村{rng.randint(1, 19)}组{rng.randint(1, 199)}号"
    )
    city = (
        f"{rng.choice(('金川', '紫港', '天马'))}街道{rng.choice(('文峰', '定阳', '人民', '朝阳'))}"
        f"{rng.choice(('东路', '西路', '路', '巷'))}{rng.randint(1, 399)}号"
        f"{rng.choice(('锦绣', '阳光', '书香', '滨江'))}{rng.choice(('花园', '小区', '名邸'))}"
        f"{rng.randint(1, 30)}幢{rng.randint(1, 3)}单元{rng.randint(101, 1802)}室"
    )
    return village if rng.random() < 0.4 else city


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "plain": lambda v: v,
    "full-width": lambda v: v.translate(_WIDE),
    "spaces": lambda v: " ".join((v[:3], v[3:7], v[7:])),
    "ideographic spaces": lambda v: "\u3000".join((v[:6], v[6:])),
    "hyphens": lambda v: "-".join((v[:3], v[3:7], v[7:])),
    "dots": lambda v: ".".join((v[:3], v[3:7], v[7:])),
    "line break": lambda v: v[:6] + "\n" + v[6:],
    "zero-width": lambda v: "\u200b".join((v[:4], v[4:])),
    "soft hyphen": lambda v: "\u00ad".join((v[:5], v[5:])),
    "no-break spaces": lambda v: "\u00a0".join((v[:4], v[4:8], v[8:])),
    "numerals": lambda v: v.translate(_CHINESE),
    "capitals": lambda v: v.translate(_CAPITAL),
    "circled": lambda v: v.translate(_CIRCLED),
    "letter O": lambda v: v.replace("0", "O"),
    "letter l": lambda v: v.replace("1", "l", 2) if v.count("1") > 1 else v,
    "Cyrillic": lambda v: v.replace("0", "О").replace("X", "Х"),
}
