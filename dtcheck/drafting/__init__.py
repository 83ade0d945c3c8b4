"""A first targets file from a report."""
