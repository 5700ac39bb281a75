"""Graph → report."""

from hanke_lod.validating.checking import Report, Result, check, load_shapes, to_graph
from hanke_lod.validating.reports import REPORT_FORMATS, ReportFormat, format_named, message_of

__all__ = [
    "REPORT_FORMATS",
    "Report",
    "ReportFormat",
    "Result",
    "check",
    "format_named",
    "load_shapes",
    "message_of",
    "to_graph",
]
