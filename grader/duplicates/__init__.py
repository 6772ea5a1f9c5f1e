"""Near-duplicates inside a batch: which pairs, which passages; a template that many share is no finding."""
