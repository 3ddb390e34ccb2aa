"""The other doors to the open library: HTTP API, MCP tools, probes, metrics.

They answer with the same words as the page, through the same gate, behind the same guards.
"""
