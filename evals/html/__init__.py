"""Reports as one HTML file each: no script, nothing loaded, the plots drawn inline."""
