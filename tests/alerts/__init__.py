"""Alerts against a real mail server on this machine.

`python -m tests.alerts --subscribers 1000 --records 200 --kills 50` does it at full size
and reports; the suite does it small.
"""
