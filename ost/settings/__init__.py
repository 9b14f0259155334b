"""What `ost.toml` may say, where it says it, and how its values become those of a struct."""
