"""Which verbatim spans carry a sentence, and how well."""
