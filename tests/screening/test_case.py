"""The text that screening asks about: one plain form, however the text was written."""

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pipeline.screening.case import open_case
from tests.screening.test_screening import saying

_INVISIBLE = "\u200b\u200c\u200d\u00ad\ufeff"
_WRITTEN = st.text(
    st.sampled_from("当事人年满8岁，：；（）！？％～．／＋－　①㎡ＡＢ１２Å\u0308é" + _INVISIBLE),
    max_size=40,
)


@given(_WRITTEN)
def test_a_text_is_asked_about_in_one_plain_form_without_what_is_invisible(written: str) -> None:
    visible = "".join(char for char in written if char not in _INVISIBLE)
    case = open_case(saying(written), today=date(2024, 6, 1))
    assert case.text.endswith(unicodedata.normalize("NFKC", "\n" + visible))
