"""From the first rows of a table to what each of its columns holds."""
