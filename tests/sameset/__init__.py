"""One query string, the same records in every form: random searches, read and compared."""
