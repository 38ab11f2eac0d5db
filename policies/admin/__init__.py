"""The editors' desk: Django's admin, made comfortable."""
