"""Analysis × Rubric → Assessment: relevance × depth per passage, the best passages give the level."""
