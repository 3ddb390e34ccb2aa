"""A conversation as the page keeps it, and how it is drawn with its evidence."""
