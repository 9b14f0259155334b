"""Files on the disk: the boundary of a folder, the cache, and checksums of large files."""
