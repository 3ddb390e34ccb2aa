"""The question that the load asks, and what the stand-in model writes."""

from __future__ import annotations

FIGURE = "How many hostages whom militants took remain in Gaza?"
"""The model writes only where a figure or a day is asked for."""

REPLY = "97 remain in Gaza; 33 of these are dead, according to the Israeli military."
