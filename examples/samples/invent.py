"""Invented people, numbers and addresses with right check digits. Seeded, so always the same."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_SURNAMES = (
    *"王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙贺陶顾毛郝龚邵钱严覃武莫孔",
    *("欧阳", "诸葛", "上官", "司徒", "夏侯", "皇甫"),
)
_FIRST = "建志国文明永春海福家正德宝金玉兴仁世耀振学庆元荣启景立承绍泽宏"
_LAST = "炜琛钊霖骞铭澜鹏萱琪桦翰彦昕珂莹韬楷煜熠璐岚芸斌蓉娟珺琳菁瑜槐淼垚弢翀"
_ROADS = ("文峰东路", "定阳南路", "人民路", "白马路", "紫港大道", "金川大道", "狮子口路", "城东路")
_TOWNS = ("天马街道", "紫港街道", "金川街道", "球川镇", "辉埠镇", "芳村镇", "招贤镇", "青石镇")
_VILLAGES = ("樟溪口村", "塘底坞村", "西岭脚村", "石门埂村", "大桥头村", "外宅坞村")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person with everything that must never be public but the name of a party."""

    name: str
    gender: str
    birth: date
    identity: str
    phone: str
    home: str

    @property
    def home_below_county(self) -> str:
        """The part of the home address that must be hidden."""
        return self.home.removeprefix("浙江省常山县")


class Inventor:
    """Gives each name and number once. The same seed gives the same people."""

    def __init__(self, seed: int | str) -> None:
        self.random = random.Random(seed)
        self._used: set[str] = set()

    def _fresh(self, make: Callable[[], str]) -> str:
        while True:
            value = make()
            if value not in self._used:
                self._used.add(value)
                return value

    def name(self) -> str:
        """Return a Chinese name of three or four characters that nobody else has."""
        pick = self.random.choice
        return self._fresh(lambda: pick(_SURNAMES) + pick(_FIRST) + pick(_LAST))

    def phone(self) -> str:
        """Return a mobile number."""
        head = self.random.choice(("139", "138", "150", "187", "177", "136"))
        return self._fresh(lambda: f"{head}0000{self.random.randrange(10_000):04}")

    def home(self) -> str:
        """Return a home address with its house number."""
        pick, number = self.random.choice, self.random.randrange
        if number(2):
            return self._fresh(
                lambda: f"浙江省常山县{pick(_TOWNS[3:])}{pick(_VILLAGES)}{number(10, 240)}号"
            )
        return self._fresh(
            lambda: (
                f"浙江省常山县{pick(_TOWNS[:3])}{pick(_ROADS)}{number(100, 480)}号"
                f"{number(1, 20)}幢{number(1, 4)}单元{number(2, 18)}0{number(1, 5)}室"
            )
        )

    def place(self) -> str:
        """Return where something happened or a business stands; such an address is public."""
        town, road = self.random.choice(_TOWNS[:3]), self.random.choice(_ROADS)
        return self._fresh(lambda: f"常山县{town}{road}{self.random.randrange(501, 990)}号")

    def person(self, birth: date | None = None) -> Person:
        """Return a new person, born on ``birth`` or somewhere between 1955 and 2000."""
        born = birth or date(1955, 1, 1) + timedelta(days=self.random.randrange(45 * 365))
        male = self.random.random() < 0.6
        identity = self._fresh(lambda: self.identity(born, male=male))
        gender = "男" if male else "女"
        return Person(self.name(), gender, born, identity, self.phone(), self.home())

    def identity(self, birth: date, *, male: bool) -> str:
        """Return an 18-character ID number with a right check character (GB 11643)."""
        serial = self.random.randrange(0, 499) * 2 + male
        head = f"330822{birth:%Y%m%d}{serial:03}"
        total = sum(int(digit) * weight for digit, weight in zip(head, _ID_WEIGHTS, strict=True))
        return head + "10X98765432"[total % 11]

    def code(self, head: str = "91") -> str:
        """Return a 统一社会信用代码 with a right check character (GB 32100)."""
        body = "".join(self.random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
        text = f"{head}330822MA{body[:7]}"
        total = sum(_CODE_LETTERS.index(c) * 3**i for i, c in enumerate(text))
        return text + _CODE_LETTERS[(31 - total % 31) % 31]

    def card(self) -> str:
        """Return a bank card number that passes the Luhn check."""
        body = "622848" + "".join(str(self.random.randrange(10)) for _ in range(12))
        total = 0
        for index, digit in enumerate(reversed(body)):
            double = int(digit) * (2 if index % 2 == 0 else 1)
            total += double - 9 if double > 9 else double
        return body + str(-total % 10)

    def account(self) -> str:
        """Return the account number of an organisation."""
        return "1209" + "".join(str(self.random.randrange(10)) for _ in range(15))

    def plate(self) -> str:
        """Return a plate of Quzhou."""
        pick = self.random.choice
        return self._fresh(
            lambda: "浙H" + "".join(pick(_PLATE_LETTERS[:8] + "0123456789") for _ in range(5))
        )


_CAPITALS = "零壹贰叁肆伍陆柒捌玖"


def capital(yuan: int) -> str:
    """Return whole yuan in capital numerals.

    >>> capital(12030)
    '壹万贰仟零叁拾元整'
    """
    head, tail = divmod(yuan, 10_000)
    text = (_below_ten_thousand(head) + "万" if head else "") + (
        ("零" if head and tail and tail < 1000 else "") + _below_ten_thousand(tail)
    )
    return text + "元整"


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _CAPITALS[digit] + name
            gap = False
        else:
            gap = True
    return text
