"""The tab that asks: the conversation, its answers and the evidence beside them."""
