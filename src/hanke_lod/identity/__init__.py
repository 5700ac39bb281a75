"""Who is who over time: the ledger of identifiers, the register of everything, the record of changes."""

from hanke_lod.identity import history, ledger
from hanke_lod.identity.history import Change, fingerprint
from hanke_lod.identity.ledger import Ledger, Row, settle
from hanke_lod.identity.registering import DISAGREEMENT, merge, register, snapshots

__all__ = [
    "DISAGREEMENT",
    "Change",
    "Ledger",
    "Row",
    "fingerprint",
    "history",
    "ledger",
    "merge",
    "register",
    "settle",
    "snapshots",
]
