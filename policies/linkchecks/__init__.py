"""Whether the addresses in records still lead somewhere: each is asked now and then.

`addresses` says which, `asking` asks one of them, `rounds` asks many at the pace that
their hosts can bear.
"""
