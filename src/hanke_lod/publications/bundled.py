"""A bundled publisher's folder, copied to where it can be built."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from platformdirs import user_data_path

from hanke_lod.publications.writing import checksum, unwritable


def copy_of_bundled(bundled: Path) -> Path:
    """Return a writable copy of a bundled publisher's folder, in the user's data folder under its content's hash.

    Raises:
        PublicationError: the user's data folder cannot be written to.
    """
    digest = hashlib.sha256()
    files = sorted(path for path in bundled.iterdir() if path.is_file())
    for path in files:
        digest.update(f"{path.name} {checksum(path)}\n".encode())
    place = user_data_path("hanke-lod") / f"{bundled.name}-{digest.hexdigest()[:12]}"
    if not place.exists():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            beside = Path(tempfile.mkdtemp(prefix=f"{place.name}-", dir=place.parent))
            for path in files:
                shutil.copyfile(path, beside / path.name)
            beside.rename(place)
        except OSError as error:
            raise unwritable(place, error) from error
    return place
