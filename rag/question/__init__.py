"""What is asked: the words, the days that they name, the kind of words that would answer."""
