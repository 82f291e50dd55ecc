"""gongshi 公示: publishes administrative penalty decisions and hides what must be hidden."""

__version__ = "0.1.0"
