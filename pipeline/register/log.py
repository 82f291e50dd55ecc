"""One row of the event list in words that staff read."""

from typing import Any

import msgspec
import sqlalchemy as sa

from pipeline.register.model import LoggedEvent


def logged(row: sa.RowMapping, remark: str = "") -> LoggedEvent:
    """Return the event of a row; its summary tells the state, the ground and the article.

    ``remark`` is the private one of a member of staff, where the reader may see it.
    """
    told: dict[str, Any] = msgspec.json.decode(row["detail"])
    articles = "；".join(dict.fromkeys(article for _, _, article in told.get("reasons", ())))
    to = told.get("to", "")
    steps = ("" if to == row["kind"] else to, told.get("ground", ""), told.get("basis") or articles)
    return LoggedEvent(
        seq=row["seq"],
        on=row["on_day"],
        kind=row["kind"],
        actor=row["actor"],
        summary=" · ".join(step for step in steps if step),
        remark=remark,
    )
