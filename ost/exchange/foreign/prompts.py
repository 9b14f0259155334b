"""Prompts for the parts of a draft snapshot that are still empty."""

from collections.abc import Mapping

PROMPTS: Mapping[str, str] = {
    "Quick facts": "Who are they, and what is their situation?",
    "Memorable quote": "The words you remember them by: > words [mm:ss]",
    "Story": "What happened, step by step?",
    "Opportunities": "Which needs, pains or desires did you hear? - [[id]] in a few words [mm:ss]",
    "Insights": "What else is worth knowing?",
}
"""The parts of a snapshot in order, each with its prompt."""
