"""Answers, articles and lists in words, JSON, Markdown and HTML."""
