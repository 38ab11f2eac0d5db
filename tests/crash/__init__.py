"""The server killed at random moments: what an editor did is there whole, or not at all.

`python -m tests.crash --number 100` kills a real server that often and reports; the
suite kills it six times (`test_kills.py`).
"""
