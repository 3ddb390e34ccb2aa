"""The tab that checks a draft, sentence by sentence."""
