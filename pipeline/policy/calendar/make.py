"""Write one ``<year>.json`` for every year that the installed ``chinese_calendar`` knows.

Run ``python -m pipeline.policy.calendar.make FOLDER`` after the State Council's yearly notice has
reached that package; a bureau may also write the file of a new year by hand. ``holidays`` are the
weekdays off, ``workdays`` the Saturdays and Sundays that are worked.
"""

import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from chinese_calendar import constants


def years() -> dict[int, str]:
    """Return the text of the file of every known year."""
    known = {day.year for day in constants.holidays}
    return {year: _file_text(year) for year in sorted(known)}


def main(folder: Path) -> None:
    """Write the files into ``folder``."""
    for year, text in years().items():
        (folder / f"{year}.json").write_text(text, encoding="utf-8")


def _file_text(year: int) -> str:
    content = {
        "year": year,
        "source": "国务院办公厅节假日安排通知，经 chinesecalendar 整理",
        "holidays": _days(day for day in constants.holidays if day.weekday() < 5)[year],
        "workdays": _days(day for day in constants.workdays if day.weekday() >= 5)[year],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _days(days: Iterable[date]) -> dict[int, list[str]]:
    by_year: dict[int, list[str]] = {}
    for day in sorted(days):
        by_year.setdefault(day.year, []).append(day.isoformat())
    return by_year


if __name__ == "__main__":
    main(Path(sys.argv[1]))
