"""Recognises titles that name an area of a product and no need. English only."""

import re

from ost.expression import expression

_AREA = """
account accounts accessibility access admin administration adoption ai alerts analytics api app
apps assets authentication authorization automation availability backend billing booking bookings
branding browsing calendar campaigns cart catalog catalogue chat checkout collaboration comments
communication communications community compliance configuration connectivity consent content
conversion customization dashboard dashboards data delivery deployment design discoverability
discovery documentation documents editing editor emails email engagement experience export exports
faq features feedback files filtering filters flow frontend functionality fulfilment fulfillment
gamification governance help history homepage identity import imports infrastructure insights
integration integrations interface inventory invites invoices invoicing journey layout
localization logging login logistics loyalty management mapping marketing marketplace media
members membership messages messaging metadata mobile moderation monitoring navigation networking
notifications offline onboarding operations ordering orders payment payments performance
permissions personalisation personalization planning platform playback pricing privacy process
processes procurement profile profiles promotions publishing quality rankings recommendations
recruiting referrals registration reliability reminders reporting reports retention returns
reviews roadmap roles sales scalability scheduling search security self-service settings setup
sharing shipping signup sign-up speed stability storage streaming subscriptions support sync
synchronization tagging team teams templates testing tools tracking training translation
transparency trust ui usability users ux verification videos visibility website widgets workflow
workflows workspace
"""
_AREAS = frozenset(_AREA.split())
_ENDING = expression(r"(?:tion|tions|ment|ility|isation|ization|ship|ability)$")
_JOINING = "and & / + or of for the our in on with to a an user customer product"
_JOINED = frozenset(_JOINING.split())
_SAYS_MORE = expression(
    r"[?!\"\u201c]|\b(?:i|i'm|my|me|we|us|you|your|they|them|he|she|it|is|are|was|were|be|been|"
    r"am|has|have|"
    r"had|do|does|did|can|can't|cannot|could|will|won't|would|should|may|might|must|not|no|never|"
    r"nobody|nothing|too|when|while|before|after|until|because|if|that|who|which|what|how|why|"
    r"without|despite|instead|than|late|slow|missing|lost|confusing|hard|difficult|wrong|unclear|"
    r"unexpected|failed|broken|long|poor|lack|lacking|hidden|forgotten|endless|unanswered|double|"
    r"duplicate|unread|surprise|surprising|inconsistent|outdated|unreliable)\b|n't\b",
    re.IGNORECASE,
)
_MOST = 5


def is_area(title: str) -> bool:
    """Whether a title names an area: a few nouns of a product, not a sentence."""
    plain = title.replace("\u2019", "'").strip(" .:")
    words = re.findall(r"[^\W\d_][\w'-]*|[&/+]", plain)
    if not words or len(words) > _MOST or _SAYS_MORE.search(plain):
        return False
    nouns = [word.casefold() for word in words if word.casefold() not in _JOINED]
    if not nouns:
        return False
    named = [word in _AREAS or bool(_ENDING.search(word)) for word in nouns]
    return named[-1] and sum(named) * 2 >= len(nouns)
