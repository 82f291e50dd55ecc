"""Pelican settings of the public site: ``pelican content -s publishconf.py`` in the agency folder.

Names and URLs come from ``gongshi.yaml``; run ``gongshi rebuild`` once before, so that there is
a public projection to show.
"""

from pathlib import Path

from pipeline.settings import load_settings
from pipeline.site.pelican_settings import pelican_settings

globals().update(pelican_settings(load_settings(Path.cwd())))
