"""The public site: a Pelican plugin over the public projection and ``content/``.

It sees cleared decisions only, writes a page only when what stands on it changed, and decides
nothing about what is public.
"""
