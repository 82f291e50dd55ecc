"""``make fuzz``: give every reader inputs that are changed towards code not yet reached.

``python -m tests.hostile.fuzz`` tries every target for ``FUZZ_SECONDS``, each in a process of its
own; with names of targets, only those. What breaks a promise is kept in ``build/fuzz/``, with what
was learnt, so that the next time goes on from there.
"""

import importlib
import os
import subprocess
import sys

from tests.conftest import ROOT

_FOLDER = ROOT / "build" / "fuzz"
_SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
_ALONE = "--alone"
_SLOW = 20
"""Seconds of one input after which it counts as found."""
_MEGABYTES = 2_000


def _fuzz(name: str) -> None:
    """Try one target here; the fuzzer ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["pipeline"]):
        inputs = importlib.import_module("tests.hostile.fuzz.inputs")
        target = importlib.import_module("tests.hostile.fuzz.targets").TARGETS[name]
        check = target.check()
    folder = _FOLDER / name
    learnt, seeds = folder / "learnt", folder / "seeds"
    for each in (learnt, seeds):
        each.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (seeds / str(number)).write_bytes(seed[: target.largest])
    options = {
        "max_total_time": _SECONDS,
        "max_len": target.largest,
        "timeout": _SLOW,
        "rss_limit_mb": _MEGABYTES,
        "artifact_prefix": f"{folder}/",
        "dict": inputs.words(folder),
        "print_final_stats": 1,
        "verbosity": 1,
    }
    words = [sys.argv[0], *(f"-{key}={value}" for key, value in options.items())]
    atheris.Setup([*words, str(learnt), str(seeds)], check)
    atheris.Fuzz()


def _try_all(names: list[str]) -> int:
    """Try the targets one after the other; return the number of those that broke."""
    broken = []
    for name in names:
        command = [sys.executable, "-m", "tests.hostile.fuzz", _ALONE, name]
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", check=False,
        )  # fmt: skip
        told = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]
        tries = next((x.split()[-1] for x in told if "number_of_executed_units" in x), "?")
        print(f"{name}: {tries} inputs, {'BROKEN' if done.returncode else 'sound'}", flush=True)  # noqa: T201
        if done.returncode:
            broken.append(name)
            print("\n".join(told[-40:]), flush=True)  # noqa: T201
    return len(broken)


if __name__ == "__main__":
    if sys.argv[1:2] == [_ALONE]:
        _fuzz(sys.argv[2])
    else:
        every = list(importlib.import_module("tests.hostile.fuzz.targets").TARGETS)
        sys.exit(bool(_try_all(sys.argv[1:] or every)))
