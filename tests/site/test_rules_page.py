"""公示规则: the page says what the policy in force says, no less."""

import pytest
from bs4 import BeautifulSoup

from pipeline.domain.verdict import Effect
from pipeline.policy.load import load_policy
from tests.site.builders import SAMPLE, build, settings_in


@pytest.fixture(scope="module", params=["changshan-2021", "national"])
def shown(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):  # noqa: ANN201
    root = tmp_path_factory.mktemp("rules")
    build(root, SAMPLE, settings_in(root, policy=request.param))
    page = BeautifulSoup((root / "site" / "rules.html").read_bytes(), "lxml")
    return load_policy(request.param), page


def rows(page: BeautifulSoup, section: str) -> list[list[str]]:
    found = page.select(f"section[aria-labelledby={section}] tbody tr")
    return [[cell.get_text() for cell in row.find_all("td")] for row in found]


def test_every_rule_of_screening_stands_with_its_article(shown) -> None:  # noqa: ANN001
    policy, page = shown
    for section, effect in (("withheld", Effect.WITHHOLD), ("held", Effect.HOLD)):
        wanted = {(r.title, str(r.basis)) for r in policy.screening if r.effect is effect}
        assert {tuple(row) for row in rows(page, section)} == wanted


def test_every_kind_of_what_is_hidden_stands_under_its_article(shown) -> None:  # noqa: ANN001
    policy, page = shown
    said = {(kind, row[-1]) for row in rows(page, "masked") for kind in row[0].split("、")}
    wanted = {(m.category.chinese, str(m.basis)) for m in policy.masks.values() if m.hide}
    assert said == wanted


def test_every_name_and_every_period_stands_with_its_article(shown) -> None:  # noqa: ANN001
    policy, page = shown
    names = [
        [n.whose.value, "隐去" if n.hide else "显示", str(n.basis)] for n in policy.names.values()
    ]
    clocks = [[c.title, c.period, str(c.basis)] for c in policy.clocks.values()]
    assert rows(page, "names") == names
    assert rows(page, "clocks") == clocks
