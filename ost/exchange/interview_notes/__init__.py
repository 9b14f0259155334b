"""Interview notes as people write them: who is who, which lines are whose, and what they say."""
