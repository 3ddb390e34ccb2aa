"""Articles on their way in: judged, cleaned of boilerplate, grouped, split, embedded."""
