"""The table of all predicates: the names that packs use, and the functions that answer."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pipeline.screening import listing, minors, procedure, review, secrecy
from pipeline.screening.answer import Predicate

PREDICATES: Final[Mapping[str, Predicate]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            procedure.summary_procedure,
            procedure.not_a_penalty,
            procedure.party_missing,
            procedure.nothing_to_show,
            procedure.decided_in_future,
            procedure.not_served,
            procedure.no_social_impact,
            procedure.credit_class,
            minors.party_is_minor,
            minors.party_under_fourteen,
            minors.other_minor,
            secrecy.state_secret,
            secrecy.commercial_secret,
            secrecy.privacy,
            secrecy.security_risk,
            secrecy.incapacity,
            listing.found_unsuitable,
            listing.listed,
            listing.cites_statute,
            review.legal_review_faulty,
            review.secrecy_review_faulty,
        )
    }
)
