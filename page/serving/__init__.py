"""How the page is served: guarded, bounded, and ended in good order."""
