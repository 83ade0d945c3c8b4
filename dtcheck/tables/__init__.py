"""From the bytes of a file to rows of cells with their places."""
