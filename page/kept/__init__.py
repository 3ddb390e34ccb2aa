"""Conversations that stay on this machine: kept, found again, taken along, and judged."""
