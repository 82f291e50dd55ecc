"""A tree that is public already, looked at once more."""

import gzip

import pytest

from pipeline.verification.again import look_again
from pipeline.verification.model import Expectation
from pipeline.verification.search.block import DAMAGED
from tests.verification.sample_site import GONE, A, B, Site, page


@pytest.fixture
def expectation(site: Site) -> Expectation:
    public = ("0570-5012345", "bureau@example.gov.cn")
    return Expectation(records=site.records, hidden={A: ("简宁远",)}, public_values=public)


def test_a_clean_tree_is_counted(site: Site, expectation: Expectation) -> None:
    seen = look_again(site.tree, expectation)
    assert (seen.files, dict(seen.leaks), seen.faults) == (5, {}, [])


def test_an_older_tree_may_lack_a_page(site: Site, expectation: Expectation) -> None:
    (site.tree / f"decisions/{B}.html").unlink()
    assert look_again(site.tree, expectation).faults == []


def test_a_page_that_has_left_may_not_stand(site: Site, expectation: Expectation) -> None:
    site.write(f"decisions/{GONE}.html", page("常综执罚决字〔2023〕第7号"))
    fault = f"decisions/{GONE}.html：页面上没有不再公示的说明"
    assert look_again(site.tree, expectation).faults == [fault]


@pytest.mark.parametrize("ending", ["html", "html.gz"])
def test_what_is_hidden_today_may_not_stand_where_it_once_could(
    site: Site, expectation: Expectation, ending: str
) -> None:
    content = page("证人简宁远").encode()
    path = f"decisions/{A}.{ending}"
    site.write(path, gzip.compress(content) if ending.endswith("gz") else content)
    assert look_again(site.tree, expectation).leaks.keys() == {path}


def test_an_older_companion_is_found(site: Site, expectation: Expectation) -> None:
    site.write("index.html.gz", gzip.compress(b"<p>2023"))
    assert look_again(site.tree, expectation).faults == [
        "index.html.gz：与未压缩的同名文件内容不同"
    ]


def test_a_shard_left_behind_is_found(site: Site, expectation: Expectation) -> None:
    site.write("search/2023-01-01-01234567/0.bin", b"\x01\x01\x00")
    leaks = look_again(site.tree, expectation).leaks
    assert leaks == {"search/2023-01-01-01234567/0.bin": {DAMAGED: 1}}
