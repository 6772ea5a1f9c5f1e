"""Document → Analysis: passages with their context, cues and vectors; no criterion is known here."""
