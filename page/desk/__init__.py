"""What is open: the library that is asked, its gate, and what is put into it."""
