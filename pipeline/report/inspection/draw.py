"""抽查: a random draw that anyone can repeat (兖州 记录 第六条、第二十二条)."""

import hashlib

from pipeline.lifecycle.history import History


def draw(history: History, size: int) -> tuple[str, ...]:
    """Return ``size`` of the decisions that the period touched, or all if there are fewer.

    The order is that of a digest of the register's newest event and the 文号: nobody can choose
    it, and the same register and period draw the same decisions again.
    """

    def lot(number: str) -> str:
        return hashlib.sha256(f"{history.head}{number}".encode()).hexdigest()

    touched = {act.case_number for act in history.acts if act.case_number}
    return tuple(sorted(touched, key=lot)[:size])
