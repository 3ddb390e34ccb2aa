"""The commands of `dateline`, one a module; `rag.cli` puts them together."""
