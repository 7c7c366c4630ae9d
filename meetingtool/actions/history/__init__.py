"""Looking back: searching, views of many records, and sharing what was found."""
