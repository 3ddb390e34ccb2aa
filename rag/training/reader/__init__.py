"""The recipe of the reader, which ranks sentences and points to the words that answer."""
