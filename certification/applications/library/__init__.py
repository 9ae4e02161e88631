"""The employer's documents seen from its applications: where each is used, and until when it serves."""
