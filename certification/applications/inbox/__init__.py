"""Documents that nothing uses yet, placed many at once. Suggestions are never applied alone."""
