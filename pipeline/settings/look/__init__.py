"""How the site looks: emblem, colours and words, from the section ``look``."""
