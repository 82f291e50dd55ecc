"""What readers see in the place of what is hidden."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.domain.basis import Basis
from pipeline.domain.cleared import FIXED_MASK, Run, plain, seen
from pipeline.domain.protected import Category, Confidence, Finding
from pipeline.domain.text import Span
from pipeline.policy.load import load_policy
from pipeline.redaction.decide import hidden_findings
from pipeline.redaction.flatten import join
from pipeline.redaction.mask import Hidden, mask
from pipeline.redaction.resolve import resolve

BASIS = Basis("示例办法", "第九条")


def hidden(start: int, end: int, category: Category = Category.PHONE, label: str = "") -> Hidden:
    return Hidden(Finding(Span(start, end), category, "x", "y", label=label), BASIS)


def test_a_name_becomes_its_label_and_a_number_the_fixed_mask() -> None:
    runs = mask("林木电话123", 0, 7, [hidden(0, 2, Category.PERSON, "林某"), hidden(4, 7)])
    assert plain(runs) == f"林某电话{FIXED_MASK}"
    assert runs[0] == Run("林某", Category.PERSON, str(BASIS))


def test_masks_that_touch_become_one() -> None:
    assert plain(mask("12345678", 0, 8, [hidden(0, 4), hidden(4, 8)])) == FIXED_MASK


def test_the_mask_shows_neither_length_nor_digit() -> None:
    masks = {plain(mask("1" * n, 0, n, [hidden(0, n)])) for n in range(1, 30)}
    assert masks == {FIXED_MASK}


def test_a_finding_over_two_parts_is_masked_in_both() -> None:
    flat = join([("", "a", "电话138"), ("\n", "b", "0570完")])
    found = [hidden(2, 10)]
    shown = [plain(mask(flat.text, s.start, s.end, found)) for s in flat.segments]
    assert shown == [f"电话{FIXED_MASK}", f"{FIXED_MASK}完"]


def test_an_empty_part_has_no_runs() -> None:
    assert mask("", 0, 0, []) == ()


def test_of_a_home_address_the_county_stays() -> None:
    text = "住浙江省衢州市常山县天马街道1号。"
    finding = Finding(Span(1, 16), Category.ADDRESS_HOME, "x", "y")
    runs = mask(text, 0, len(text), hidden_findings(text, [finding], load_policy("changshan-2021")))
    assert plain(runs) == f"住浙江省衢州市常山县{FIXED_MASK}。"


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(list(Category)))


@given(st.lists(SPANS, max_size=12))
def test_what_is_united_covers_exactly_what_was_found(raw: list[tuple[int, int, Category]]) -> None:
    findings = [Finding(Span(a, a + n), kind, "x", "y", Confidence.PROBABLE) for a, n, kind in raw]
    united = resolve(findings)
    covered = {at for f in findings for at in range(f.span.start, f.span.end)}
    assert {at for f in united for at in range(f.span.start, f.span.end)} == covered
    assert all(a.span.end <= b.span.start for a, b in pairwise(united))


@given(st.text(max_size=40), st.lists(SPANS, max_size=6))
def test_text_outside_findings_is_unchanged(
    text: str, raw: list[tuple[int, int, Category]]
) -> None:
    findings = resolve(
        Finding(Span(a, min(a + n, len(text))), kind, "x", "y")
        for a, n, kind in raw
        if a < len(text) and kind is not Category.ADDRESS_HOME
    )
    runs = mask(text, 0, len(text), [Hidden(finding, BASIS) for finding in findings])
    shown = "".join(run.text for run in runs if run.mask is None)
    covered = {at for f in findings for at in range(f.span.start, f.span.end)}
    assert shown == seen("".join(char for at, char in enumerate(text) if at not in covered))
