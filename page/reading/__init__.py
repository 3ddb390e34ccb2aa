"""An article opened at the words that are cited."""
