"""The group of commands: what each that may change something came to is noted in the log."""

from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import click

from pipeline.domain.faults import ExitCode, GongshiError, where
from pipeline.operations.journal import note
from pipeline.settings import load_settings

_NOTED = frozenset(
    {
        "alert",
        "correction",
        "deploy",
        "hold",
        "note",
        "rebuild",
        "register",
        "release",
        "rollback",
        "withdraw",
    }
)

STOPPED = "已中止，网站是完整的旧版或者新版。"
"""What is said of a command that was asked to stop: it may have been asked after the switch."""

QUIET = "gongshi.quiet"
"""Set in the meta of a context by a command that turns out to change nothing."""


class Journalled(click.Group):
    """A group whose commands are noted, however they end."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click declares it
        """Run the command and note how it ended."""
        at, began = datetime.now(UTC).astimezone(), monotonic()
        code, why = int(ExitCode.DONE), ""
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit as end:
            code = end.exit_code
            raise
        except click.ClickException:
            code = ExitCode.USAGE  # its message repeats what was typed
            raise
        except GongshiError as error:
            code, why = error.exit_code, str(error)
            raise
        except (KeyboardInterrupt, click.Abort):
            code, why = ExitCode.INTERRUPTED, STOPPED
            raise
        except Exception as error:
            code, why = ExitCode.INTERNAL, where(error)
            raise
        finally:
            name = ctx.invoked_subcommand or ""
            if name in _NOTED and not ctx.meta.get(QUIET):
                seconds = monotonic() - began
                with suppress(GongshiError, OSError):
                    state = load_settings(ctx.params["folder"]).folders.state
                    note(state, command=name, at=at, code=code, seconds=seconds, why=why)
