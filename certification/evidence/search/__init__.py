"""Finding documents by what is said of them and by the words of their files."""
