"""What a 政府工作报告 says: its text, plan, headings, figures, and what they promise."""

from dtcheck.workreport.report import ReportError, ReportText, parse_report, read_report

__all__ = ["ReportError", "ReportText", "parse_report", "read_report"]
