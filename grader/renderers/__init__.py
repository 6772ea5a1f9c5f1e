"""Assessment (with its Document and Rubric) → text. Pure functions: nothing here reads, writes or prints.

Whatever came from a document is data: it is escaped for its target, and characters that steer a terminal or
reorder a line are shown or taken out before a reader sees them.
"""
