"""The tab that shows what is in the library, takes files in, and opens another."""
