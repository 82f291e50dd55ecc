"""Colours are measured as WCAG says, and those made from one colour can always be read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.settings.delivered import bundled
from pipeline.settings.look.colours import BLACK, WHITE, Colour, contrast
from pipeline.settings.look.palette import (
    DARK,
    LIGHT,
    USES,
    Scheme,
    palette_of,
    weak_in,
)

colours = st.builds(Colour, *([st.integers(0, 255)] * 3))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#0000ff", "#fff", 8.59),
        ("#f00", "#00ff00", 2.91),
        ("#16406b", "#16406b", 1),
    ],
)
def test_contrast_is_what_the_guidelines_compute(one: str, other: str, ratio: float) -> None:
    measured = contrast(Colour.parse(one), Colour.parse(other))
    assert measured == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("written", ["", "red", "#12", "#1234", "#12345g", "16406b", "#1６406b"])
def test_what_is_no_colour_is_not_taken_for_one(written: str) -> None:
    with pytest.raises(ValueError, match="rgb"):
        Colour.parse(written)


@given(colours)
def test_a_colour_is_written_as_it_is_read(colour: Colour) -> None:
    assert Colour.parse(str(colour)) == colour


@given(colours)
def test_shades_end_in_white_and_black(colour: Colour) -> None:
    assert (colour.shaded(1), colour.shaded(-1)) == (WHITE, BLACK)


@settings(deadline=None, max_examples=60)
@given(colours)
def test_every_colour_of_the_header_gives_a_palette_that_can_be_read(brand: Colour) -> None:
    palette = palette_of({"brand": brand}, {})
    assert weak_in(palette) == ()
    assert palette.light["brand"] == brand
    assert contrast(palette.dark["brand"], WHITE) >= 4.5


@settings(deadline=None, max_examples=60)
@given(colours, colours)
def test_a_dark_header_of_its_own_gives_one_too(brand: Colour, dark: Colour) -> None:
    palette = palette_of({"brand": brand}, {"brand": dark})
    assert weak_in(palette) == ()
    assert palette.dark["brand"] == dark


@given(st.sampled_from(sorted(USES)), colours)
def test_what_is_set_is_taken_as_it_is(key: str, colour: Colour) -> None:
    assert palette_of({key: colour}, {}).light[key] == colour
    assert palette_of({}, {key: colour}).dark[key] == colour


def test_the_delivered_colours_can_be_read() -> None:
    assert weak_in(palette_of({}, {})) == ()


@pytest.mark.parametrize(
    ("scheme", "start"),
    [(LIGHT, ":root {"), (DARK, ':root[data-colour="dark"] {')],
    ids=["light", "dark"],
)
def test_colours_are_held_to_the_grounds_that_the_pages_have(scheme: Scheme, start: str) -> None:
    css = (bundled("theme") / "static" / "site.css").read_text("utf-8")
    block = css[css.index(start) :].partition("}")[0]
    told = {
        name: Colour.parse(value) for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]+);", block)
    }
    assert {name: told[name] for name in scheme.grounds} == scheme.grounds
    assert {key: told[use.token] for key, use in USES.items()} == scheme.delivered
