"""``gongshi spans``: what would be hidden in plain texts, for measuring."""

from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from pipeline.domain.faults import BadExportError, Fault, Place
from pipeline.redaction.spans import SpanRecord, spans


class _Text(msgspec.Struct):
    id: str | int
    text: str
    known: dict[str, object] = {}


class _Prediction(msgspec.Struct):
    id: str | int
    spans: list[SpanRecord]


@click.command("spans", options_metavar="[选项]")
@click.argument(
    "texts", metavar="输入.jsonl", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("output", metavar="输出.jsonl", type=click.Path(dir_okay=False, path_type=Path))
def command(texts: Path, output: Path) -> None:
    """标出每行文本里应隐去的位置：输入 {"id","text","known"}，输出 {"id","spans"}。"""
    encoder = msgspec.json.Encoder()
    count = 0
    with output.open("wb") as out:
        for prediction in _predictions(texts):
            out.write(encoder.encode(prediction) + b"\n")
            count += 1
    click.echo(f"文本 {count}")


def _predictions(texts: Path) -> Iterator[_Prediction]:
    decoder = msgspec.json.Decoder(_Text)
    with texts.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = decoder.decode(line)
                found = spans({"text": record.text, "known": record.known})
            except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, TypeError):
                fault = Fault(
                    Place(texts.name, f"第{number}行"),
                    "不是要求的记录",
                    '每行写 {"id": …, "text": …}，known 可以不写',
                )
                raise BadExportError([fault]) from None
            yield _Prediction(record.id, found)
