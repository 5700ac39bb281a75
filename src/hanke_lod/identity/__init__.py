"""Who is who over time: the ledger of identifiers, the register of everything, the record of changes."""

from hanke_lod.identity import history, ledger
from hanke_lod.identity.history import Change, Snapshot, fingerprint
from hanke_lod.identity.ledger import Ledger, Row, settle
from hanke_lod.identity.matching import Question
from hanke_lod.identity.merging import DISAGREEMENT, merge
from hanke_lod.identity.registering import Identified, register
from hanke_lod.identity.settling import Asked, Settled, ask, settle_register, tell
from hanke_lod.identity.snapshots import names_in, snapshots

__all__ = [
    "DISAGREEMENT",
    "Asked",
    "Change",
    "Identified",
    "Ledger",
    "Question",
    "Row",
    "Settled",
    "Snapshot",
    "ask",
    "fingerprint",
    "history",
    "ledger",
    "merge",
    "names_in",
    "register",
    "settle",
    "settle_register",
    "snapshots",
    "tell",
]
