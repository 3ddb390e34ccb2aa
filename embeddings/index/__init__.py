"""Indexes that are derived from the SQLite file: vectors, words, and what filters them."""
