"""What a sentence claims, in parts that can be compared exactly: figures, names, days, denials."""
