"""What a text says, read without a model: figures, names, denials, speakers."""
