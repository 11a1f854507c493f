"""One module per standard, one pure array function per clause."""
