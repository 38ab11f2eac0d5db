"""The suite on a real PostgreSQL."""
