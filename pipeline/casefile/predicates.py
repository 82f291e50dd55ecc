"""The table of all predicates: the names that packs use, and the functions that answer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.casefile import content, document, order, presence, review, service, storage
from pipeline.casefile.model import Predicate

PREDICATES: Final[Mapping[str, Predicate]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            presence.list_exported,
            presence.acts_known,
            presence.on_record,
            presence.some_on_record,
            presence.accompanied_by,
            presence.recorded_when_done,
            presence.recorded_before_closing,
            content.contents_stated,
            content.contains,
            content.evidence_contains,
            content.electronic_contains,
            content.transcribed,
            content.signed_or_noted,
            content.refusal_filmed,
            content.two_officers,
            content.interruption_explained,
            content.file_named,
            order.notice_before_decision,
            order.statement_or_waiver,
            order.approved_before_decision,
            order.filed_before_inquiry,
            order.preservation_settled,
            service.service_method_known,
            service.served_with,
            storage.stored_in_time,
            storage.archived_in_time,
            storage.kept_long_enough,
            document.document_complete,
            review.review_waived,
            review.review_points,
            review.discussion_before_decision,
            review.major_discussed,
            review.discussion_after_review,
        )
    }
)
