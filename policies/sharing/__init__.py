"""How the tracker is found and shared: addresses that last, sitemaps, cards, frames elsewhere."""
