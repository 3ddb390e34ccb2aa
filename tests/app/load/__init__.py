"""Load, leavers, signals and probes: what a server must stand, caused against a real process."""
