"""What each part earns: the same questions with one part off in turn."""
