"""How quickly passages are embedded, engine beside engine, and whether they are found as before."""
