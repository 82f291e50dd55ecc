"""国家秘密、商业秘密、个人隐私、四安全: explicit answers, and markings on the document."""

import re

from pipeline.screening.answer import NO, Answer, Case, Params, doubt, gravest, missing, yes

_WORDS = ("密", "内部", "外传", "公开")
_GRADE = re.compile(r"(?:绝密|机密|秘密)\s*(?:[★☆*·]|\d+\s*[年月]|长期|特急|加急)")
_GRADE_ALONE = re.compile(r"(?:密级\s*[::]?\s*)?(?:绝密|机密|秘密)(?:级|件)?")
_INTERNAL = re.compile(
    r"内部(?:文件|资料|材料|使用|传阅)|(?:注意|严禁|不得)(?:保密|外传|公开)|工作秘密"
)
_NOT_OPEN = re.compile(r"(?:公开(?:属性|方式|类型|类别)[::]?)?(?:不予公开|不公开|依申请公开)")
_BRACKETS = "【】[]()〔〕"
_INCAPACITY = re.compile(
    r"精神病人|精神病患者|精神分裂|精神疾病|精神障碍|精神残疾|智力残疾|智力障碍|智障"
    r"|残疾(?:人)?证|(?:限制|无)民事行为能力"
)
_INSTITUTION = re.compile(r"(?:专科)?(?:医院|中心|诊所|门诊|机构|学校|康复|服务|用品|诊疗|专业)")
_QUOTED = re.compile(r"不能辨认|不能控制自己行为|尚未完全丧失")


def state_secret(case: Case, _: Params) -> Answer:
    """Ask the review, and look for a marking of secrecy on top of the document."""
    return gravest(_answered(case.decision.secrecy_review.state_secret), _marking(case))


def commercial_secret(case: Case, _: Params) -> Answer:
    """Ask the review."""
    return _answered(case.decision.secrecy_review.commercial_secret)


def privacy(case: Case, _: Params) -> Answer:
    """Ask the review."""
    return _answered(case.decision.secrecy_review.privacy)


def security_risk(case: Case, _: Params) -> Answer:
    """Ask the review about the four securities."""
    return _answered(case.decision.secrecy_review.security)


def incapacity(case: Case, _: Params) -> Answer:
    """Look for words on mental illness or disability: health of a person (行政处罚法 第三十一条).

    The names of institutions and the words of the article itself are no such fact.
    """
    if not any(word in case.text for word in ("精神", "残疾", "智力", "智障", "行为能力")):
        return NO
    for match in _INCAPACITY.finditer(case.text):
        after = case.text[match.end() : match.end() + 24]
        if not _INSTITUTION.match(after) and not _QUOTED.search(after):
            return doubt("文书中有此类用语")
    return NO


def _answered(involved: bool | None) -> Answer:
    if involved is None:
        return missing("尚未审查")
    return yes() if involved else NO


def _marking(case: Case) -> Answer:
    """Return what the top of the document says; only a line of its own is a bare marking."""
    found = NO
    for line in case.headings:
        bare = "".join(line.split()).strip(_BRACKETS)
        if len(bare) <= 24 and bare[-1:] != "。" and any(word in bare for word in _WORDS):
            if _GRADE.match(bare) or _GRADE_ALONE.fullmatch(bare):
                return yes("文书带有密级标志")
            grade = bare.endswith(("绝密", "机密", "秘密")) and not bare.endswith("侵犯商业秘密")
            if grade or _INTERNAL.search(bare) or _NOT_OPEN.fullmatch(bare):
                found = doubt("文书带有内部或者保密标志")
    return found if found.note or not _starred(case.text) else yes("文书带有密级标志")


def _starred(text: str) -> bool:
    return "密★" in text or "密 ★" in text
