"""Invented decisions with gold labels: what must be hidden and what must stay.

A template is plain text with marks: ``⟦kind⟧`` or ``⟦kind:slot⟧``. The same slot is the same
person or value everywhere in one document. Kinds in ``HIDE`` must be hidden, in ``KEEP`` must stay.
"""
