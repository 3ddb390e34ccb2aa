"""Models that turn texts into vectors, and how they are named, found and run."""
