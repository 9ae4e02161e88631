"""The quick diagnosis: without an account, and kept by nobody but the person."""
