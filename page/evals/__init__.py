"""The tab that runs evals, shows their reports and opens their failures."""
