"""``gongshi init``: a new agency's folder that builds at once."""

import shutil
from pathlib import Path

import click

from pipeline.settings import FILE_NAME, bundled

_TEMPLATE = Path(__file__).with_name("gongshi.yaml")


@click.command("init", options_metavar="[选项]")
@click.argument("folder", metavar="[文件夹]", default=".", type=click.Path(path_type=Path))
@click.option("--name", metavar="单位名称", default="", help="单位全称，写入 gongshi.yaml。")
def command(folder: Path, name: str) -> None:
    """新建单位文件夹：设置、栏目内容、导出文件夹。"""
    if (folder / FILE_NAME).exists():
        raise click.UsageError(f"{folder / FILE_NAME} 已经存在；不改动已有的单位文件夹")
    if folder.exists() and any(folder.iterdir()):
        raise click.UsageError(f"{folder} 不是空文件夹；请换一个空文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(bundled("content"), folder / "content")
    shutil.copyfile(bundled("publishconf.py"), folder / "publishconf.py")
    text = _TEMPLATE.read_text(encoding="utf-8")
    (folder / FILE_NAME).write_text(
        text.replace("某某县综合行政执法局", name or "某某县综合行政执法局"), encoding="utf-8"
    )
    (folder / "exports").mkdir(mode=0o700)
    click.echo(
        f"已建好 {folder.resolve()}。下一步：改 {FILE_NAME}，把导出放进 exports/，"
        "运行 gongshi rebuild。\n"
        "执法人员、事项、裁量基准等清单在 content/tables/：填好并写上核对日期的才会公开。"
    )
