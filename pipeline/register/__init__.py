"""台账: the only state. Append-only events, and what stands of each decision.

``open_register`` opens it; ``Register`` says what can be asked; ``text_digest`` fingerprints a
decision's own words. No raw text is kept here.
"""

from pipeline.register.fingerprint import text_digest
from pipeline.register.kept import KeptRegister
from pipeline.register.opening import open_kept, open_register
from pipeline.register.store import Register

__all__ = ["KeptRegister", "Register", "open_kept", "open_register", "text_digest"]
