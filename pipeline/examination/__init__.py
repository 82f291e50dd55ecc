"""Exports → what may be published: intake, screening, case file and redaction, in this order.

``gongshi check`` prints the result; ``gongshi rebuild`` hands it to the register.
"""

from pipeline.examination.examine import examine, inspect, receive, receive_changes
from pipeline.examination.model import Examined, Inspected, Remembered, Standing
from pipeline.examination.unfinished import Unfinished, Work

__all__ = [
    "Examined",
    "Inspected",
    "Remembered",
    "Standing",
    "Unfinished",
    "Work",
    "examine",
    "inspect",
    "receive",
    "receive_changes",
]
