"""What happened in a tree since a day, for people who were not there."""
