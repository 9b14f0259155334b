"""The cues of questions that get a story: one time, its course, its scene, and more detail."""

# ruff: noqa: E501 - a pattern is read more easily whole

from ost.coach.cues import Cue, words

_STORIES = "https://producttalk.org/2024/04/story-based-customer-interviews"
_LENNY = "https://youtu.be/9RFaz9ZBXpk?t=2308"
_ZENML = "https://www.zenml.io/llmops-database/building-an-ai-powered-interview-coach-with-comprehensive-evaluation-framework"

_ONE = r"(?:last|most recent|latest|previous|first|worst|best|hardest|recent|specific|particular|concrete|memorable|actual)"
_TOLD = r"(?:tell|walk|talk|take|think (?:back|about|of|through)|describe|share|show|hear|recall|remember|give|relive|reconstruct|explain|imagine yourself back)"
_SPAN = r"(?:(?:over|in|during|within|for|since|at) the last|last (?:name|but not|resort|thing (?:i|we))|at last)"
_PAST = (
    r"(?:did|was|were|had|happened|came|went|made|took|said|told|chose|decided|began|started|helped|led|paid|called|asked|"
    r"knew|saw|got|found|noticed|drove|brought|triggered|prompted|changed|caused|stopped|developed|created|built|approved|wrote|sent|bought|used|almost \w+)"
)
_WH = r"(?:what|who|whom|where|which|how|when)"

STRENGTHS = (
    Cue(
        "story-prompt",
        _STORIES,
        words(
            rf"{_TOLD}\b[^?.]{{0,80}}? {_ONE}(?:/\w+)? (?!name)[\w-]+|{_TOLD}\b[^?.]{{0,80}}? (?:a|any|one|another) (?!lot)(?:\w+ ){{0,2}}?(?:time|occasion|day|night|morning|evening|weekend|instance|point|moment|situation|example)(?: (?:this|last) (?:\w+ )?(?:day|week|month|season|year|quarter|term|spring|summer|autumn|winter))?(?: when| where| in which| that| you| of|…|\.\.\.|\W*$)",
            rf"{_TOLD}\b[^?.]{{0,60}}? (?:yesterday|last (?:night|week|weekend|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|summer|winter|spring|autumn)|this (?:morning|week)|(?:the|that) (?:day|morning|evening|night|moment|time|experience) (?:you|when|that|on which|in which|at which)|(?:the|that) (?:day|morning|evening|night|moment)(?: of|\W*$)|(?:the|that) (?:day|morning|evening|night|moment) (?:the|your|it|he|she|they|a) [^?.]{{1,60}}|that (?:time|experience)\W*$)",
            rf"{_TOLD}\b[^?.]{{0,60}}? (?:the |your )?(?:whole |full )?stor(?:y|ies) (?:of|about|from|behind)|tell (?:me|us) (?:the|your|a) story|from the (?:very )?beginning",
            r"(?:take|bring|think|cast your mind) (?:me |us |yourself )?back to|go back to (?:the|that|your|when|last)|(?:walk|talk) (?:me|us) through (?:what happened|what you did|how you [\w ]{1,20}(?:ed|did|got|came|bought|chose|found))|how it went",
            r"what(?:'s| is| was) (?:the|your) (?:very )?(?:last|latest|most recent|first) (?!name|thing)[\w-]+(?: [\w-]+){0,3} (?:you|that|where|when)\b",
            rf"when (?:was|did)\b[^?]{{0,60}}? last|when (?:was|is) the {_ONE} time",
            rf"{_WH}\b[^?]{{0,60}}? (?:did|was|were|made|\w+ed) (?:[^?]{{0,60}}? )?(?:last|latest|most recent(?:ly)?)(?: [\w-]+(?:'\w+)?){{0,8}}(?:\?|,|$)",
            r"(?:can|could|do) you (?:\w+ )?(?:think of|recall|remember|give (?:me|us) an example of) (?:a|an|any|one|the last) (?:\w+ ){0,2}?(?:time|occasion|day|instance|moment|example|situation)(?: when| where| you| of| in which)",
            r"tell (?:me|us) what happened|(?:recall|remember|think of|about) (?:a|an|one|any) (?:[\w-]+ ){1,3}?(?:that|(?:at |in |on )?which|when|where|you)(?: there)? (?:did|didn't|was|were|went|had|\w+ed)",
            r"what happened the (?:last|first|most recent) time|specific example",
        ),
        but=words(_SPAN),
    ),
    Cue(
        "timeline",
        _LENNY,
        words(
            r"what (?:happened|happens next)|what came (?:next|before|first|after)|^\W{0,3}(?:and |so |ok )?(?:(?:what )?(?:then|next|afterwards|after that|before that)(?: what)?)\?|what happened (?:then|next)|what (?:was )?(?:next|then)\?",
            rf"(?:and |so |then )?(?!how (?:was|were)\b){_WH}(?: (?!did\b|was\b|were\b)\w+){{0,2}} (?:did|was|were) (?:you|your \w+|they|he|she|it|this|that|these|we|the \w+)\b[^?]{{0,160}}",
            rf"(?:what|who|how)(?: else| exactly)? (?:\w+ly )?{_PAST}(?! the (?:main|biggest))\b",
            r"how you (?:first |originally )?(?:found|came|got|heard|learned|learnt|started|began|decided|chose|met|ended up|discovered)|what was going on|(?:how|what|where|who|when)'d (?:you|they|it|that|he|she) (?!like\b|want\b|prefer\b)\w+|how did (?:it|that|this|everything) (?:end|go|start|begin|come|get|turn)|how has (?:it|that) (?:gone|been)",
            r"what steps (?:did|have) you|how long did",
        ),
        but=words(
            r"(?:did|do) you (?:think|feel|like|hope|expect|want|understand|hate|love|prefer|believe)|what was (?:the|your) (?:reason|goal|motivation|purpose)|what did you (?:\w+ )?(?:think|feel|like)"
        ),
    ),
    Cue(
        "setting",
        _ZENML,
        words(
            r"where (?:were|was|did this|did that|did it)(?: \w+)?|when (?:were you|was (?:this|that|it)|did (?:this|that|it) (?:happen|take place|occur))",
            r"who (?:else )?(?:was|were) (?:there|with|involved|around|present|in|part)|who (?:else )?(?:was|were|helped|took part)|who approved",
            r"what (?:time|day|month) (?:was|were|did)|what were you (?:doing|working|using|trying)|how many (?:of you|people) (?:were|was)",
        ),
    ),
    Cue(
        "follow-up",
        _LENNY,
        words(
            r"(?:tell|share|say|explain) (?:me |us )?(?:with (?:me|us) )?(?:a (?:bit|little) |some |something )?more|say more|tell (?:me|us) about (?:that|it|this)\b(?! \w)|go on|elaborate|expand on (?:that|it|this)|can you unpack",
            r"how (?:so|come)\??|^\W*(?:and |so |but |ok,? )?why(?: not| or why not| is that| was that| do you (?:say|think) (?:that|so))?\?|why do you use (?:that|those|the)|in what (?:way|sense|scenarios?|areas?|situations?)|what (?:do|did) you mean|what makes you (?:say|think) (?:that|so)|what about (?:that|it)",
            r"(?:such as|like what|for (?:example|instance))\?|^\W{0,3}(?:and |ok |so )?(?:anything else|what else|who else|which ones?)[^?]{0,30}\?|(?:give|have) (?:me |us )?(?:an|another|a (?:specific|recent|concrete)) (?:example|instance)(?! of)",
            r"what (?:was|is) (?:that|it|this) like|what was \w+ing [^?]{1,60} like|how did (?:that|it|this) make you feel|what was (?:the|your|that) [\w ]{1,30} like|how did (?:that|it|this) feel",
            r"how (?:do|did|can|could) you (?:know|tell)|tell (?:me|us) how you know|what (?:are|were|is|was) (?:those|these|they|that|it)\b(?: [\w-]+)?\?|what's next with|you (?:just |also )?(?:said|mentioned)",
            r"^\W{0,3}(?:(?:and|so|but|ok|okay|then|now)\W{1,2}){0,2}(?:what|how|who|where|which) [^?]{0,40}\b(?:that|those|it|them|this)\?",
        ),
        but=words(r"why did|anything else (?:you|we|i)"),
    ),
)
