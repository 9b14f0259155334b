"""Reviews interview questions, sentence by sentence, in guides and transcripts."""
