"""The night's report for staff: one value, shown as a page, a workbook, JSON and metrics."""
