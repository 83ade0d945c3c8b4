"""From a row of a known form to target, month and figure."""
