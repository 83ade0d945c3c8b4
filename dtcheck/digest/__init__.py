"""The digest: months of submissions joined to what a leader needs to know (design §1).

Importing it imports pandas; ``verify`` never does.
"""

from dtcheck.digest.build import Digest, build_digest
from dtcheck.digest.track import Track

__all__ = ["Digest", "Track", "build_digest"]
