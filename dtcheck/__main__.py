"""``python -m dtcheck``."""

from dtcheck.cli import main

if __name__ == "__main__":
    main()
