"""The sample agency: its public numbers and its invented staff."""

ORGAN = "常山县综合行政执法局"
ORGAN_CODE = "11330822MB0000001R"
HOTLINE = "0570-5000001"
TREASURY = "19750101040000018"
REVIEWER, SECRECY_REVIEWER, AUTHOR = "蔺承澜", "郗元翀", "逄景熠"
OFFICERS = (
    ("暴学鹏", "11082201001"), ("仝振骞", "11082201002"), ("麴海琪", "11082201003"),
    ("郏明桦", "11082201004"), ("亓永翰", "11082201005"), ("宓家昕", "11082201006"),
)  # fmt: skip
