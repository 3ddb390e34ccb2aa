"""What a language model is asked, the models themselves, and what is taken of their words."""
