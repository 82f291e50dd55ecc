"""``gongshi serve``: look at the released site on this machine only."""

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from pipeline.commands.common import Invocation
from pipeline.domain.faults import BadSiteError


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files; keeps no access log, since addresses may be of interest to nobody."""

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@click.command("serve", options_metavar="[选项]")
@click.option(
    "--port",
    metavar="端口",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="端口；0 由系统挑选。",
)
@click.pass_obj
def command(invocation: Invocation, port: int) -> None:
    """在本机预览已发布的网站（只听 127.0.0.1）。"""
    current = invocation.settings().folders.site / "current"
    if not current.is_dir():
        raise BadSiteError("还没有发布过网站。先运行 gongshi rebuild。")
    serve(current, port)


def serve(site: Path, port: int) -> None:
    """Serve the folder ``site`` until interrupted."""
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        click.echo(f"http://127.0.0.1:{server.server_port}/ （按 Ctrl+C 结束）")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("已结束预览。")
