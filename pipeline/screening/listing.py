"""不宜公开的类别: cited statutes, the provincial list, a reviewer's own finding."""

import re

from pipeline.screening.answer import NO, Answer, Case, Params, doubt, yes

_APPLIED = re.compile(r"(?:依据|根据|依照|按照|违反|适用)(?:了)?[^。;;\n移交]{0,30}$")
_HANDED_OVER = re.compile(r"移送|移交|公安|另案|另行")


def found_unsuitable(case: Case, _: Params) -> Answer:
    """Ask whether somebody entitled to it found the case unsuitable for publication."""
    return yes() if case.decision.unsuitable else NO


def listed(case: Case, params: Params) -> Answer:
    """Ask whether cause or legal basis is on the list: ``causes``, ``statutes``."""
    decision = case.decision
    cause = f"{decision.violation_kind}\n{decision.title}"
    if any(entry in cause for entry in params["causes"]):
        return yes("案由在清单内")
    if any(entry in decision.legal_basis for entry in params["statutes"]):
        return yes("处罚依据在清单内")
    return doubt("文书提到清单内的法规") if _mentions(case, params["statutes"]) else NO


def cites_statute(case: Case, params: Params) -> Answer:
    """Ask whether the decision rests on one of ``statutes``; a mere mention is a doubt.

    In a field of the legal basis it always counts. In running text it counts after a word of
    applying, unless the sentence hands the matter over to somebody else.
    """
    if any(statute in case.decision.legal_basis for statute in params["statutes"]):
        return yes("处罚依据")
    places = _mentions(case, params["statutes"])
    if any(_is_applied(case.text, place) for place in places):
        return yes("文书所引依据")
    return doubt("文书提到该法") if places else NO


def _mentions(case: Case, statutes: tuple[str, ...]) -> list[int]:
    return [
        match.start()
        for statute in statutes
        if statute in case.text
        for match in re.finditer(re.escape(statute), case.text)
    ]


def _is_applied(text: str, place: int) -> bool:
    before = text[max(0, place - 60) : place]
    sentence = re.split(r"[。;;\n]", before)[-1]
    after = re.split(r"[。;;\n]", text[place : place + 60])[0]
    return bool(_APPLIED.search(before)) and not _HANDED_OVER.search(sentence + after)
