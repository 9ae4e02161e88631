"""Reading a file inside a page: pictures of its pages, or its text and tables, and finding words in it."""
