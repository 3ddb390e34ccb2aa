"""From paths to a library: one run or watching, with progress and a report."""
