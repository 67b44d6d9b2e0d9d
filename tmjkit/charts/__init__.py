"""What is seen: matplotlib figures, each with a text alternative and the table it shows."""

from tmjkit.charts.chart import Chart
from tmjkit.charts.response import response_chart
from tmjkit.charts.timeline import timeline_chart, timeline_pages

__all__ = ["Chart", "response_chart", "timeline_chart", "timeline_pages"]
