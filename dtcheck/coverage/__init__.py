"""A targets file held against its report, and against itself."""
