"""The optional ``manifest.json`` or ``manifest.yaml`` of an export, verified before all else.

An incomplete copy must remove nothing: whatever disagrees with the manifest refuses the whole
export. The manifest may also carry attestations: what a named person states of the batch.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from pipeline.domain.case_number import CaseNumber
from pipeline.domain.decision import Procedure
from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.domain.review import Source
from pipeline.domain.text import RawText
from pipeline.intake import strict_json
from pipeline.intake.folder import Listing, measure_file, read_file
from pipeline.intake.json_fields import legal_review, said_in, secrecy_review
from pipeline.intake.model import Draft, DraftFields, FileContent, UnreadableFileError
from pipeline.intake.schema.check import Json, schema_faults
from pipeline.intake.text_encoding import decode
from pipeline.yaml_file import NO_VALUE

NAMES = ("manifest.json", "manifest.yaml", "manifest.yml")
"""The names under which a manifest is looked for, at the top of the export folder."""

_LIMIT = 32 * 1024 * 1024
_AGAIN = "导出可能没有复制完整，整批未使用；请重新导出或重新复制后再运行"


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a named person states of all decisions of a batch, or of those with ``keys``."""

    draft: Draft = field(repr=False)
    keys: frozenset[str]

    def covers(self, key: str) -> bool:
        """Say whether the statement is about the decision ``key``."""
        return not self.keys or key in self.keys


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the manifest says; an export without one has an empty manifest.

    ``digests`` maps file names to SHA-256 (hex); ``records`` file names to their record count,
    and ``""`` to the number of decisions of the whole export.
    """

    name: str = ""
    digests: Mapping[str, str] | None = None
    records: Mapping[str, int] = field(default_factory=dict)
    attestations: tuple[Attestation, ...] = ()


def load_manifest(folder: Path, listing: Listing, *, today: date) -> Manifest:
    """Return the manifest of ``folder``, its files compared with those of ``listing``.

    Raises ``BadExportError`` with every fault at once when the manifest is not valid, or when a
    file is missing, is not listed, or has another size or SHA-256 than stated.
    """
    found = [name for name in NAMES if name in listing.names]
    if not found:
        return Manifest()
    if len(found) > 1:
        places = (Place(name) for name in found)
        raise BadExportError(Fault(p, "有不止一份导出清单", "请只留一份") for p in places)
    name = found[0]
    try:
        value = _parsed(read_file(folder, name, limit=_LIMIT))
    except UnreadableFileError as error:
        raise BadExportError(error.faults) from None
    place = Place(name)
    if faults := schema_faults("manifest", value, place):
        raise BadExportError(faults)
    faults = (*_file_faults(value, folder, listing, place), *_statement_faults(value, place, today))
    if faults:
        raise BadExportError(faults)
    return _manifest(value, name)


def _parsed(file: FileContent) -> Json:
    text = decode(file)
    try:
        return strict_json.parse(text) if file.name.endswith(".json") else _yaml(text)
    except ValueError as error:
        problem = str(error)
    fault = Fault(Place(file.name), problem, "请改正导出清单，格式见 docs/export-format.md")
    raise UnreadableFileError(fault)


def _yaml(text: str) -> Json:
    """Return what ``text`` says; raises ``ValueError`` with words that show nothing of it."""
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader, made stricter
    except (RecursionError, *NO_VALUE):
        raise ValueError("YAML 有语法错误、重复的键、引用（& 和 *）或者写错的值") from None


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases (a bomb), double keys (a mistake) and surprising types.

    Keys are text (``on`` is no truth value), dates stay text for the schema to read, and only
    ``true`` and ``false`` are truth values.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:  # noqa: ANN401 - as in PyYAML
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401, ARG002
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) != len(node.value):
            raise yaml.YAMLError
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


_PlainLoader.yaml_implicit_resolvers = {
    mark: [(tag, form) for tag, form in forms if not tag.endswith((":timestamp", ":bool"))]
    for mark, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"]
)


def _file_faults(value: Json, folder: Path, listing: Listing, place: Place) -> Iterator[Fault]:
    present = [name for name in listing.names if name not in NAMES]
    if "count" in value and value["count"] != len(present):
        problem = f"清单称有 {value['count']} 个文件，实有 {len(present)} 个"
        yield Fault(replace(place, field="/count"), problem, _AGAIN)
    if "files" not in value:
        return
    stated = [entry["name"] for entry in value["files"]]
    if len(set(stated)) != len(stated):
        yield Fault(replace(place, field="/files"), "同一文件列了两次", "请改正导出清单")
    yield from (fault for _, fault in listing.refused)
    refused = {name for name, _ in listing.refused}
    for name in sorted(set(present) - set(stated)):
        yield Fault(Place(name), "文件不在导出清单中", _AGAIN)
    for number, entry in enumerate(value["files"]):
        where = replace(place, field=f"/files/{number}")
        if entry["name"] in present:
            yield from _content_faults(entry, folder)
        elif entry["name"] not in refused:
            yield Fault(where, "清单列出的文件不存在", _AGAIN)


def _content_faults(entry: Json, folder: Path) -> Iterator[Fault]:
    place = Place(entry["name"])
    try:
        size, digest = measure_file(folder, entry["name"])
    except UnreadableFileError as error:
        yield from error.faults
        return
    if entry.get("size", size) != size:
        yield Fault(place, "文件大小与导出清单不符", _AGAIN)
    if digest != entry["sha256"].lower():
        yield Fault(place, "文件内容与导出清单不符（SHA-256 不同）", _AGAIN)


def _statement_faults(value: Json, place: Place, today: date) -> Iterator[Fault]:
    for number, entry in enumerate(value.get("attestations", ())):
        pointer = f"/attestations/{number}"
        if date.fromisoformat(entry["on"]) > today:
            where = replace(place, field=f"{pointer}/on")
            yield Fault(where, "批次声明的日期在今天之后", "请改正日期")
        for index, text in enumerate(entry.get("case_numbers", ())):
            if _key(text) is None:
                where = replace(place, field=f"{pointer}/case_numbers/{index}")
                yield Fault(where, "不是决定书文号", "请改正文号")


def _manifest(value: Json, name: str) -> Manifest:
    files = value.get("files")
    records = {f["name"]: f["records"] for f in files or () if "records" in f}
    if "records" in value:
        records[""] = value["records"]
    return Manifest(
        name=name,
        digests=None if files is None else {f["name"]: f["sha256"].lower() for f in files},
        records=records,
        attestations=tuple(
            _attestation(entry, Place(name, f"第{number}项声明"))
            for number, entry in enumerate(value.get("attestations", ()), start=1)
        ),
    )


def _attestation(entry: Json, place: Place) -> Attestation:
    digest = hashlib.sha256(strict_json.canonical(entry)).hexdigest()
    fields = _attested_fields(entry)
    draft = Draft(place=place, source=Source.ATTESTATION, digest=digest, fields=fields)
    keys = (key for text in entry.get("case_numbers", ()) if (key := _key(text)))
    return Attestation(draft, frozenset(keys))


def _attested_fields(entry: Json) -> DraftFields:
    """Return what is stated; whoever states the secrecy review signs it, unless it says who did."""
    said = said_in(entry["statements"])
    fields = {name: read(said[name]) for name, read in _READ.items() if name in said}
    if "secrecy_review" in said:
        review = secrecy_review(said["secrecy_review"])
        fields["secrecy_review"] = replace(
            review,
            reviewer=review.reviewer or RawText(entry["by"].strip()),
            reviewed_on=review.reviewed_on or date.fromisoformat(entry["on"]),
        )
    return cast("DraftFields", fields)


_READ: dict[str, Callable[[Any], object]] = {
    "procedure": Procedure,
    "served_on": date.fromisoformat,
    "service_method": str,
    "social_impact": bool,
    "credit_class": str,
    "legal_review": legal_review,
    "secrecy_review": secrecy_review,
}


def _key(text: str) -> str | None:
    with suppress(ValueError):
        return CaseNumber.parse(text).key
    return None
