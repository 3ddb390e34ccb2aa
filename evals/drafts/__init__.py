"""How good the alarms of `dateline check` are, on drafts whose errors were planted."""
