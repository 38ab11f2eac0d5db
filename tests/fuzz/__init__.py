"""Damaged and random files, made from a number, so that each can be made again.

`python -m tests.fuzz --number 10000` reads and parses that many; the suite takes a
few hundred of them (`tests/newsletter/test_fuzz.py`).
"""
