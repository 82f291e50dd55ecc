"""The commands of ``gongshi``, one a module, each a click command named ``command``."""
