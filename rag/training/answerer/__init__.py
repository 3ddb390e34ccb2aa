"""The answerer's recipe: questions over numbered sentences, and the words that answer them."""
