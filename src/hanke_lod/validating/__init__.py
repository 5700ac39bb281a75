"""Graph → report."""

from hanke_lod.validating.checking import SEVERITIES, Report, Result, check, to_graph
from hanke_lod.validating.findings import Finding, Input, Review, review
from hanke_lod.validating.reports import REPORT_FORMATS, ReportFormat, format_named
from hanke_lod.validating.rules import Rule, apply, rules
from hanke_lod.validating.vetting import load_shapes

__all__ = [
    "REPORT_FORMATS",
    "SEVERITIES",
    "Finding",
    "Input",
    "Report",
    "ReportFormat",
    "Result",
    "Review",
    "Rule",
    "apply",
    "check",
    "format_named",
    "load_shapes",
    "review",
    "rules",
    "to_graph",
]
