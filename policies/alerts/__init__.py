"""Searches followed by e-mail, without an account.

A record reaches a subscriber at most once and none is passed over in silence. Found is
what the list of the same query string finds: every search goes through its FilterSet.
"""
