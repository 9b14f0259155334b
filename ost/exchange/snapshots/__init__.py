"""Turns a transcript into a draft snapshot. Everything in the draft was said, at the time given
there.
"""
