"""The answer on paper and in the register: files that nobody else may read, then the event.

A copy stays beside the evidence, so that the register can show what was answered.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.correction.reply import Letter, letter
from pipeline.correction.words import ACTOR, CorrectionError, clean
from pipeline.correction.workflow import Desk, found, refuse_reply
from pipeline.domain.correction import Replied, Request, RequestNumber
from pipeline.register.papers import FOLDER
from pipeline.settings import Settings


def answer(
    desk: Desk,
    number: RequestNumber,
    settings: Settings,
    out: Path,
    *,
    actor: str,
    letter_number: str = "",
) -> tuple[Request, Sequence[Path]]:
    """Write the answer to ``out`` and note it; without an actor it is a draft and nothing is noted.

    Raises ``CorrectionError`` when there is nothing to answer, when it was answered already, when
    ``out`` is where visitors come, or when a file of that name is there.
    """
    _refuse_public(out, settings)
    request = found(desk, number)
    if request.ruled is None or (actor and request.replied is None):
        refuse_reply(request)
    made = letter(request, settings, letter_number=letter_number, today=desk.today)
    if not actor:
        return request, _write(out, made)
    replied = Replied(
        on=desk.today,
        actor=clean(actor, ACTOR),
        letter_number=letter_number or str(number),
        files=made.digests,
    )
    written: list[Path] = []

    def may(current: Request) -> None:
        refuse_reply(current)
        if current.ruled != request.ruled:
            raise CorrectionError(f"{number} 刚才被另一人改动。请重新运行")
        written.extend(_write(out, made))
        archive = desk.state / FOLDER / current.asked.folder
        if archive.resolve() != out.resolve():
            written.extend(_write(archive, made))

    try:
        request = desk.corrections.reply(number, replied, desk.basis, may=may)
    except BaseException:
        for file in written:
            file.unlink(missing_ok=True)
        raise
    return request, [file for file in written if file.parent == out]


def _refuse_public(out: Path, settings: Settings) -> None:
    folders = settings.folders
    public = (folders.site, folders.content, folders.exports, folders.theme)
    if any(each and out.resolve().is_relative_to(each.resolve()) for each in public):
        raise CorrectionError("--out 不能是网站、栏目、主题或者导出文件夹；答复里有申请人信息")


def _write(folder: Path, made: Letter) -> list[Path]:
    """Write the files, mode 0600; raises ``CorrectionError`` rather than overwrite one."""
    written: list[Path] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in made.files:
            descriptor = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            written.append(folder / name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        for each in written:
            each.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise CorrectionError(
                f"{folder} 里已有同名的答复。请换一个文件夹，或者移走旧的"
            ) from None
        told = os.strerror(error.errno or 0)
        raise CorrectionError(f"答复写不到 {folder}（{told}）。请用 --out 换一个文件夹") from None
    return written
