"""From a question to the passages and sentences that may answer it, best first."""
