"""What a page says to machines in the words of schema.org (JSON-LD). Nothing that it does not show.

Pages about natural persons say nothing: they ask not to be indexed.
"""

from collections.abc import Iterable, Mapping

import msgspec
from markupsafe import Markup

from pipeline.domain.cleared import ClearedDecision, plain
from pipeline.domain.public import PublicRecord
from pipeline.site.addresses import OPEN_DATA, decision_path
from pipeline.site.data.entry import api_path
from pipeline.site.data.publisher import Publisher

_CONTEXT = {"@context": "https://schema.org"}
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


def linked_decision(
    record: PublicRecord, decision: ClearedDecision, publisher: Publisher
) -> Markup:
    """Return the JSON-LD of a decision's page; empty where a natural person was punished."""
    if decision.about_natural_person:
        return Markup("")
    page = decision_path(record.slug)
    return _script(
        {
            "@type": "CreativeWork",
            "genre": "行政处罚决定书",
            "identifier": record.case_number,
            "name": plain(decision.title).strip() or f"行政处罚决定书 {record.case_number}",
            "url": publisher.address(page),
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "dateCreated": decision.decided_on.isoformat(),
            "datePublished": record.first_published_on.isoformat(),
            "dateModified": record.changed_on.isoformat(),
            "creator": _organisation(decision.organ, decision.organ_code, "GovernmentOrganization"),
            "publisher": _organisation(publisher.name, publisher.code, "GovernmentOrganization"),
            "about": [
                _organisation(plain(party.name), party.code, "Organization")
                for party in decision.parties
            ],
            "encoding": {
                "@type": "MediaObject",
                "encodingFormat": "application/json",
                "contentUrl": publisher.address(api_path(record.slug)),
            },
        }
    )


def linked_data_set(publisher: Publisher, files: Iterable[tuple[str, str]]) -> Markup:
    """Return the JSON-LD of the open data page; ``files`` are paths with their media types."""
    return _script(
        {
            "@type": "Dataset",
            "name": f"{publisher.site}数据",
            "description": f"{publisher.name}正在公示的行政处罚决定，按年提供",
            "url": publisher.address(OPEN_DATA),
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "publisher": _organisation(publisher.name, publisher.code, "GovernmentOrganization"),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": kind,
                    "contentUrl": publisher.address(path),
                }
                for path, kind in files
            ],
        }
    )


def _organisation(name: str, code: str, kind: str) -> dict[str, str]:
    return {"@type": kind, "name": name} | ({"identifier": code} if code else {})


def _script(values: Mapping[str, object]) -> Markup:
    """Return a block of data that no browser runs and no text inside can end."""
    text = msgspec.json.encode({**_CONTEXT, **values}).decode()
    for mark, escape in _ESCAPES.items():
        text = text.replace(mark, escape)
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704 - escaped above
