"""The same records for programs: read-only JSON over HTTP, version 1, at /api/v1/.

What a query string means is said by the FilterSets, what of a record is public by
`policies.records`, what a record was on a day by `policies.versions`. Here stands how an
answer is asked for, divided into pages, marked with its version, limited and described.
Everything is in English, whatever language the site is read in.
"""
