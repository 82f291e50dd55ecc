"""The table of all predicates: the names that packs use, and the functions that answer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.casefile import order, presence
from pipeline.casefile.model import Predicate

PREDICATES: Final[Mapping[str, Predicate]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            presence.list_exported,
            presence.acts_known,
            presence.on_record,
            presence.recorded_when_done,
            presence.recorded_before_closing,
            order.notice_before_decision,
            order.statement_or_waiver,
            order.approved_before_decision,
            order.filed_before_inquiry,
            order.preservation_settled,
        )
    }
)
