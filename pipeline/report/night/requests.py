"""The words and keys of the counts of requests for correction, the same in every form."""

from collections.abc import Mapping

from pipeline.report.night.model import RequestTally

TITLES: Mapping[str, str] = {
    "received": "收到",
    "in_time": "按期办结",
    "late": "逾期办结",
    "open": "办理中",
    "overdue": "已逾期未办结",
    "accepted": "予以更正",
    "partly": "部分更正",
    "refused": "不予更正",
    "explained": "已作说明解释",
    "withdrawn": "申请人撤回",
}


def counts(tally: RequestTally) -> Mapping[str, int]:
    """Return each count by its key in ``TITLES``, in that order.

    >>> from datetime import date
    >>> day = date(2026, 1, 1)
    >>> counts(RequestTally(since=day, until=day, in_time=2, open=1, refused=2))["received"]
    3
    """
    return {key: getattr(tally, key) for key in TITLES}


def titled(tally: RequestTally) -> Mapping[str, int]:
    """Return each count by its title, in the order of ``TITLES``."""
    return {TITLES[key]: count for key, count in counts(tally).items()}
