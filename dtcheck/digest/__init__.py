"""The digest: months of submissions joined to what a leader needs to know (design §1)."""

from dtcheck.digest.build import Digest, Standing, build_digest
from dtcheck.digest.track import Track

__all__ = ["Digest", "Standing", "Track", "build_digest"]
