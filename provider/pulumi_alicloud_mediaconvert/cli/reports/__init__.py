"""Reports for a reader: a table, JSON, JUnit XML or Markdown."""
