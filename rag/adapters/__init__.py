"""Trained parts: small adapters over the installed models, each with its card."""
