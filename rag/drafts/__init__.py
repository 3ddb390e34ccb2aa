"""Check a draft: each sentence of a text that a person wrote, held against the library."""
