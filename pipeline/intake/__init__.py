"""Exports in any format → frozen decisions. All parsing happens here, once."""

from pipeline.intake.join import JoinSettings
from pipeline.intake.read import Intake, read_exports

__all__ = ["Intake", "JoinSettings", "read_exports"]
