"""The index behind lists and search: built with a publication, read by the server."""

from hanke_lod.searching.folding import fold, sort_key
from hanke_lod.searching.index import ORDERS, Index, Selection
from hanke_lod.searching.listed import ListedLink, ListedProject, ListedThing
from hanke_lod.searching.writing import Bases, build

__all__ = [
    "ORDERS",
    "Bases",
    "Index",
    "ListedLink",
    "ListedProject",
    "ListedThing",
    "Selection",
    "build",
    "fold",
    "sort_key",
]
