"""Work for other processes, some of which does not end well. Deaths are real: SIGKILL."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.domain.faults import BadSettingsError, Fault, Place
from tests.exports import WITNESS

FAULT = Fault(Place("gongshi.yaml", "recogniser"), "识别器运行出错", "改正它")


def double(number: int) -> int:
    return number * 2


def process_of(_: int) -> int:
    return os.getpid()


def refuse(_: int) -> int:
    raise BadSettingsError([FAULT])


def tell_a_secret(_: int) -> int:
    raise ValueError(WITNESS)


def want_memory(_: int) -> int:
    raise MemoryError


def take_long(number: int) -> int:
    time.sleep(600)
    return number


@dataclass(frozen=True)
class Doomed:
    """Doubles, but dies at one number: once where ``died`` is a file to be made, else always."""

    number: int
    died: Path | None = None

    def __call__(self, number: int) -> int:
        if number == self.number and (self.died is None or not self.died.exists()):
            if self.died is not None:
                self.died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return double(number)
