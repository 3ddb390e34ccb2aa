"""The commands of `dateline-eval`, one a module; `evals.cli` puts them together."""
