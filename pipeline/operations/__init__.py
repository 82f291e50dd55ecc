"""Keeping the program running: what is wrong with a host, who is told, where else the site goes.

Looks at what the nightly run left behind; changes nothing of it.
"""
