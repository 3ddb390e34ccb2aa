"""The recipes of the trained parts: what they learn from, how, and how to do it again."""
