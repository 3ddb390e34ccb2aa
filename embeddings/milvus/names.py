"""What a library's collections are called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the collections of one library.

    Attributes:
        library: what they begin with.
    """

    library: str

    @property
    def articles(self) -> str:
        """Articles as they are searched."""
        return f"{self.library}_articles"

    @property
    def versions(self) -> str:
        """What articles said before."""
        return f"{self.library}_versions"

    @property
    def commits(self) -> str:
        """What of all this is the library."""
        return f"{self.library}_commits"

    @property
    def leases(self) -> str:
        """Who writes."""
        return f"{self.library}_leases"

    def passages(self, series: int) -> str:
        """Passages, of one embedder."""
        return f"{self.library}_passages_{series}"
