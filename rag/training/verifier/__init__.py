"""The recipe of the trained verifier, which tells whether evidence carries a sentence."""
