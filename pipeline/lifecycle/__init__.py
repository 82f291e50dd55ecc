"""What stands in public on a given day, and what is due when. Pure: no clock, file or database."""

from pipeline.lifecycle.deadlines import Deadline, deadlines
from pipeline.lifecycle.model import Desired, Facts, Past, State, Urgency
from pipeline.lifecycle.states import desired

__all__ = ["Deadline", "Desired", "Facts", "Past", "State", "Urgency", "deadlines", "desired"]
