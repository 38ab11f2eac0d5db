"""Full-text search and facets in both languages, the same on both databases.

See docs/search.md. `indexing` writes, `index` reads; `found` puts a question to it.
"""
