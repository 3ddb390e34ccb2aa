"""The tab that shows how questions are answered, and what each choice costs."""
