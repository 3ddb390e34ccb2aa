"""From a question to its answer: search, read, choose, write, cite, check, answer."""
