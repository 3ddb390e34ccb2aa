"""What every part of the page is drawn with: escaped words, markers, links to places, colours."""
