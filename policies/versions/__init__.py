"""What the public saw of a record and when: written with every change, read by the public history.

Searching hears of every change; this is told by it, in the same transaction. What of a
record is public is said by `records`.
"""
