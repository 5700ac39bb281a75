"""hanke-lod: from a public body's list of projects to linked open data."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("hanke-lod")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0"
