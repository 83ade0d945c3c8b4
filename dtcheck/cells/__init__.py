"""From the text of a cell to a value, its unit, and what it can't be."""
