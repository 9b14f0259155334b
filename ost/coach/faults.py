"""The cues of each fault: questions that do not get a story."""

# ruff: noqa: E501 - a pattern is read more easily whole

from ost.coach.cues import Cue, words

_EVALS = "https://www.producttalk.org/2025/09/interview-coach-evals"
_STORIES = "https://producttalk.org/2024/04/story-based-customer-interviews"
_SMASHING = "https://www.smashingmagazine.com/2020/06/user-interview-questions/"
_LENNY = "https://youtu.be/9RFaz9ZBXpk?t=878"
_NNGROUP = "https://www.nngroup.com/articles/leading-questions/"

_FEELING = (
    r"(?:frustrat(?:ed|ing)|annoy(?:ed|ing)|angry|confus(?:ed|ing)|worried|anxious|overwhelm(?:ed|ing)|stress(?:ed|ful|ing)|"
    r"happy|unhappy|disappoint(?:ed|ing)|excit(?:ed|ing)|bored|boring|upset(?:ting)?|scared|unappreciated|embarrass(?:ed|ing)|"
    r"satisfying|delighted|relieved|proud|lost|stuck|tired)"
)
_ADJECTIVE = (
    r"(?:eas(?:y|ier)|hard(?:er)?|difficult|simple|complicated|slow(?:er)?|painful|helpful|useful|unhelpful|useless|handy|clear|unclear|"
    r"expensive|cheap|good|bad|great|terrible|awful|nice|intuitive|tedious|cumbersome|valuable|worth(?:while)?|"
    r"a (?:hassle|problem|pain|nightmare|challenge|burden|struggle|waste)|important|convenient|inconvenient|fun|hard work|"
    rf"too \w+|{_FEELING})"
)

_PARTICIPLE = (
    r"(?:\w*[^\We]ed|been|done|gone|seen|heard|had|got|gotten|said|told|made|taken|given|written|found|left|lost|paid|hung|kept|slept|brought|"
    r"bought|caught|taught|thought|felt|met|sent|spent|built|begun|chosen|broken|spoken|forgotten|known|shown|grown|thrown|flown|drawn|driven|"
    r"risen|eaten|fallen|hidden|held|stood|understood|won|worn|woken|stolen)"
)
"""After it, `'d` is *had*: regular ones, and the irregular ones that differ from the verb."""
_OFFER = r"(?:join\w*|try\w*|test\w*|sign\w* up for|take part in|be\w* part of) (?:our|the|an?) (?:\w+ ){0,2}?(?:beta|pilot|trial|wait(?:ing )?list|early access)"

FAULTS = (
    Cue(
        "generalising",
        _EVALS,
        words(
            r"typical|(?<!more )typically|usual(?:ly)?|generally(?: speaking)?(?! (?:available|known))|^\W{0,3}(?:and |so )?in general|(?<=, )in general|normally|(?:an?|your|the) normal (?:\w+ )?(?:day|week|month|shift|process|routine|\w+day)|your normal \w+",
            r"most (?:\w+days|days|weeks|months|nights|mornings|evenings|weekends|shifts|years|cases)|whenever|on an? (?:busy|quiet|good|bad|slow|regular|ordinary|average) (?:\w+ )?(?:day|week|month|night|morning|evening|weekend|shift|\w+day)",
            r"on average|most of the time|a lot of the time|tends? to|as a rule|routinely|habitually|regularly",
            r"day[- ]to[- ]day|(?:your|a|the) general (?:process|approach|practice|routine|workflow|experience|way)",
            r"how (?:often|frequently|regularly|many times)|how much time (?:do|does)|(?:most|do \w+|very|especially|particularly) (?:often|frequently|commonly)",
            r"(?:do|does) (?:you|they|your \w+|people) (?:mostly|mainly|chiefly|predominantly)|what(?:'s| is| are) (?:the|your|their) (?:main|usual|common|top) (?:reasons?|causes?)",
            r"(?:every|each) time|go-to|(?:most|more) (?:common|frequent)|(?:an|your|the) average|average (?:day|week|month|shift)",
            r"how (?:many|much) [^?,]{1,40} (?:a|per|each|every) (?:day|week|month|quarter|year|shift)",
        ),
        but=words(
            r"thoughts?|opinions?|impressions?",
            r"whenever (?:you're|you are) ready|whenever you (?:like|want)",
            r"how many times did [^?]{0,80} (?:that|last|this) (?:day|week|month|night|morning|evening|time)",
            r"general (?:practitioner|manager|public|election|store)",
        ),
    ),
    Cue(
        "future",
        _STORIES,
        words(
            r"(?:will|won't) (?:you|your \w+|they|users|customers|people)|how will (?:you|they)",
            r"are (?:you|they|your \w+) (?:most |more |still |now )?(?:going|planning|intending|likely|willing|about) to(?! (?:talk|speak|share|participate|show))",
            r"how likely|(?:do|does) (?:you|they|your \w+) (?:plan|intend|anticipate|expect) to|do you see yourself",
            r"would you be (?:comfortable|likely|inclined|willing to (?:pay|buy|switch|use|try))",
            r"how (?:long|much|many|soon) (?:do|would) you expect|(?:in|for) the (?:near |coming )?future|next year|(?:over|in|within|during) the (?:next|coming) [\w ]{1,20}?(?:years|months)|how do you expect [^?]{1,60} to",
            r"(?:think|believe|expect|see|imagine)\b[^?]{0,60} will|in (?:the next )?(?:\d+|two|three|five|ten|a few|several) (?:years|months)|(?:your|the) plans? for (?:the|next|your)",
        ),
        but=words(
            r"will happen (?:if|when|after|next)|what will you see|speak(?:ing)? (?:with|to) us|in touch|contact"
        ),
    ),
    Cue(
        "hypothetical",
        _STORIES,
        words(
            rf"(?<!\bI )(?<!\bwe )(?:would|wouldn't)\]? \w+|(?<!\bafter )(?<!\bonce )(?<!\bbefore )(?<!\bwhen )(?<!\bbecause )(?:you|they|he|she|it)'d (?!(?:already|just|never|{_PARTICIPLE})\b)\w+|(?:what|how|where|who)'d (?:you|they) [^?]{{1,80}} if",
            r"(?:could|might) (?:you|your|we|they|it|this|that|these|be|an?|the|make|help|imagine|improve|look)|(?:what|who|how|that|which|you|we|it) (?:could|might)(?! not)",
            r"if you (?:were to|were able|could)|if (?:we|there|it|someone|they|your \w+|i) (?:had|were|was|could|offered|built|added|made)(?= |\b)",
            r"(?<!\bI )imagin(?:e|ing)|suppos(?:e|ing) (?!to\b)\w+|hypothetically|what if|magic wand|ideal(?:ly)?|perfect world|dream \w+|wish",
        ),
        but=words(
            r"(?:how|what|who|which|where)(?: \w+){0,2} would you (?:\w+ )?(?:describe|explain|characteri[sz]e|define|summari[sz]e|call|phrase|introduce|say|put (?:it|that)|rate|rank|score|grade|place (?:your|the)|assess)",
            r"(?:couldn't|could not|could) [^?]{1,60} (?:before|then|any ?more)",
            r"would you say",
            r"(?:hoping|hoped|expecting|expected|thinking|thought|worried|afraid|fear(?:ed|ing)|sure|know|knew|said|told|promised) (?:that )?(?:\w+ ){0,4}would",
        ),
    ),
    Cue(
        "pitch",
        _STORIES,
        words(
            r"we(?:'re| are| have|'ve|'ll| will)? (?:just |currently |also |now |recently )?(?:built|building|added|adding|made|developed|developing|"
            r"working on|thinking (?:of|about)|planning|exploring|considering|designed|designing|launch\w+|going to (?:build|add|launch)|created|creating)",
            r"(?:our|my) (?:new|latest|upcoming|idea|prototype|solution|feature|product idea|app idea)|our (?:\w+ )?(?:app|product|tool|platform|service|website|system) (?:lets|allows|helps|shows|makes|gives|will|can)|here's (?:our|an?|the) (?:new )?(?:idea|prototype|design|mock\w*|concept)",
            r"we (?:could|can|might|plan to|want to) (?:offer|build|add|make|give|send)(?! (?:it|this|that) (?:better|easier))",
            r"(?:is|are) coming soon|if we (?:built|added|made|offered|gave|created|introduced|could offer|had)",
            r"would (?:you|your \w+) (?:use|trust|buy|pay for|subscribe to|switch to|like to use) (?:this|it|our|such)|how should (?:the|it|this|we|our)",
            _OFFER,
            r"do you like (?:it|this|our)|that be of interest|would you be interested in (?:a|an|this|using|buying)",
        ),
    ),
    Cue(
        "leading",
        _NNGROUP,
        words(
            r"(?:would|do|don't) you (?:not )?agree(?! to)|(?:most|many|other|all|a lot of) (?:people|users|customers|\w+s) (?:(?:that |who |whom )?(?:we|i)(?:'ve)? (?:\w+ ){1,3}?)?(?:say|tell|told|find|like|complain|think|love|hate|prefer)",
            r"how much (?:\w+ )?(?:do|did|does) (?:you|your \w+|they|it) (?:waste|lose)",
            rf"how (?:much )?(?:\w+ )?(?:{_FEELING}|eas(?:y|ily)|hard|difficult|slow|painful|helpful|useful|clear|good|bad|great|terrible|valuable|convenient|intuitive|expensive) (?:is|was|are|were|did|do|does|have|has|would)",
            r"how much (?:do|did) you (?:love|like|hate|enjoy|dislike)",
            rf"why (?:is|was|are|were) [^?]{{1,60}}? so (?:much |far )?(?:{_ADJECTIVE}|better|worse|more \w+|\w+ly)",
            r"you must (?:have )?(?:be|been|feel|felt|find|found|hate|love)|(?:the|your) (?:real|main) problem is",
        ),
        but=words(r"scale (?:of|from)"),
    ),
    Cue(
        "double-barrelled",
        _SMASHING,
        words(
            r"(?<=[\w,)”\"] )(?:and|or) (?:then )?(?:what|how|when|where|who|whom|which)(?! (?:not|for|so)\b| else\W*\Z)\b(?: [^?]{0,200})?\??",
            r"(?<=[\w,)”\"] )(?:and|or) (?:do|does|did|is|are|was|were|have|has|can) (?:you|your|they|it|there|this|that|we|the) (?!ever)[^?]{3,200}",
            r"(?<=[\w,)”\"] )(?:and|or) why (?:do|does|did|is|are|was|were|have|has|don't|doesn't|didn't|there|then|that|this|the|him|her|them)\b[^?]{0,200}",
            r"(?<=[\w,)] )and (?:at|in|for|with|from|to|by|of|on) (?:what|which|whom|whose)",
            r"(?:dis)?likes?d?/\w+|like (?:and|or) (?:dislike|hate)",
        ),
        but=words(
            r"would you (?:describe|explain)|your (?:name|role|job|job title|position),? and|if (?:so|not|yes), (?:what|how|when|where|who|which)"
        ),
    ),
    Cue(
        "rating",
        _SMASHING,
        words(
            r"scale (?:of|from)|how (?:satisfied|important|useful)|satisfied|rate|[\-−]\d to \+?\d|too (?:much|many|little)",
            r"what (?:are|do) you(?:r)? (?:overall )?(?:thoughts|think|impressions?)|which maturity",
        ),
    ),
    Cue(
        "out-of-context",
        _LENNY,
        words(
            r"(?:how|what|which|where|who|why)(?: \w+){0,4} do(?:es)? (?:you|your)|what motivates|what are some",
            r"what(?:'s| is| are) your (?!name|role|job|occupation|title|position|age|background|relationship|thoughts?|impressions?|opinions?)\w+|(?:what|which) \w+ matters? (?:most )?to you",
            r"favou?rite|(?:biggest|main|top) (?:\d+ )?(?:challenge|pain|problem|frustration|barrier)s?",
        ),
    ),
)
"""One cue for each fault that words show; the form of the sentence shows `closed`."""
OFFER = words(_OFFER)
"""An invitation to try what we make."""
PITCH = next(cue for cue in FAULTS if cue.name == "pitch")
OPINION = words(
    r"(?:how|what) about you|(?:good|bad|great) idea|excited|what(?:'s| is) your (?:view|opinion|take|experience)|what do you think|how (?:does|do|would) (?:that|it|this|you)|do you (?:like|think|agree)|would you|thoughts|(?:is|does|would) (?:this|that|it)|should (?:it|this|that|we)|interest\w*|helpful|useful"
)
"""Questions about an idea that was just pitched."""

VERDICT = words(
    rf"(?:is|was|are|were|find|found|think|feel|felt|consider|say)(?:n't)? (?:(?!that\b)[\w-]+,? ){{0,7}}?{_ADJECTIVE}",
    rf"(?:because|due to the fact)|{_FEELING} (?:when|by|with|that)",
)
"""In a question of yes or no: the adjective that the participant might have found."""
NEGATED = words(
    r"(?:don|wouldn|isn|aren|didn|haven|couldn|shouldn|wasn|weren|doesn|won|can|hasn|ain)'t (?:\w+)"
)
"""`Isn't it …?`, at the beginning of a question: the answer is yes."""
_MIND = r"(?:feel|felt|think|thought|believe|prefer|like|love|hate|want\w*|need\w*|enjoy|struggl\w+|find|found)"
INTERPRETATION = words(
    r"^\W{0,3}(?:so|and|ah|ok|okay)?\W{0,3}(?:what )?you(?:'re| are)? (?:mean|meant|saying that)",
    rf"so (?:you|your [\w ]{{1,20}}?) (?:{_MIND}|don't|didn't|always|never|'d|would)",
    rf"so (?:they|he|she|it|your [\w ]{{1,20}}?) (?:was|were|felt|feels?|seem\w*) (?:\w+ )?{_FEELING}|(?:so |and )?you (?:were|are|felt|feel|must be|must have been|seem(?:ed)?)(?: \w+)? {_FEELING}|you're(?: \w+)? {_FEELING}",
    r"^\W{0,3}(?:so |and |ok |okay )?(?:it|that|this) (?:sounds|seems) (?:to me )?(?:like|as if|as though|that) (?!you(?:'re| are) saying|you said)[^?]{0,80}?\byou(?:r)?",
    rf"(?:sounds|seems|looks|feels) (?:like |as if |that |to me (?:like |that |as if )?)?(?:you (?:really |don't |didn't |might |quite )?{_MIND}|[^?]{{1,80}}?(?:{_FEELING}|{_ADJECTIVE}|(?:problem|issue|struggle)s?))",
    r"i (?:guess|assume|imagine|suppose|bet|presume) (?:that )?you",
    rf"(?:i (?:guess|assume|imagine|suppose|bet|take it)|must (?:have been|be)) [^?]{{0,60}}?(?:{_FEELING}|{_ADJECTIVE})|you (?:always|never|must)",
    r"^\W{0,3}(?:surely|obviously|clearly|presumably|of course)|i (?:take it|assume|suppose|guess|presume)\?",
)
"""Words put into the participant's mouth as a question."""
DECLARATIVE = words(r"^\W{0,3}(?:so |and |but )?you (?:\w+ )?\w+")
"""`You had no trouble?` in a guide, before anything was said, suggests the answer."""
TAG = words(
    r"(?<=, )(?:right|correct|yes|yeah|no|eh|huh|wouldn't you|don't you|didn't you|isn't it|was it|were you|did you|aren't you|aren't they|isn't he|isn't she|wasn't it|doesn't it|weren't you|am i right)\?"
)
PRESUPPOSITION = words(
    rf"(?:when|once|after|before) you (?:finally |eventually |first )?(?:gave up|give up|(?:got|get|were|are|felt|feel) (?:\w+ )?{_FEELING}|failed|fail|struggled?|lost (?:trust|interest|patience))",
    rf"why (?:do|did|does|don't|didn't|doesn't|won't) (?:(?:you|your|the|they|most|\w+s) (?:\w+ )?)(?:like|dislike|love|hate|prefer|avoid|refuse|distrust|complain|struggle)\b|why (?:do|did) (?:you|they) (?:find|think|feel) [^?]{{0,60}}?{_ADJECTIVE}",
    r"what (?:problems?|difficult(?:y|ies)|issues?|frustrations?|trouble|stress) (?:did|does|do|has|have) [^?]{1,60}? (?:cause|create|give|caused|created|given)",
    rf"given (?:how|that|the) [^?]{{0,40}}?{_ADJECTIVE}",
    rf"what makes (?:our|this|the) [\w ]{{1,20}}? (?:better|{_ADJECTIVE}|special|unique)|our [\w ]{{1,20}}? so {_ADJECTIVE}",
)
"""A fact that no one has mentioned yet, taken as given."""
WISH = words(
    r"would(?:n't)? (?:\w+ )?(?:make|be|help|improve|change|like|prefer|add|remove|allow)|would you (?:\w+ )?(?:use|recommend|buy|pay|want)",
    r"wish(?:ed)?|magic(?:ally)?|ideal(?:ly)?|could (?:be|make) (?:it |this )?(?:\w+ )?(?:better|easier|clearer|improved)",
)
"""Words that are faults in tasks, too: they ask for ideas rather than actions."""
EVERYONE = words(
    r"(?:everyone|everybody|no(?:body| one)|(?:most|many|all|other|some|several) (?:of )?(?:people|users|customers|\w+s))(?: (?:that |who |whom )?(?:we|i)(?:'ve)? (?:\w+ ){1,2}?to)? (?:\w+ )?(?:hates?|loves?|finds?|says?|thinks?|agrees?|knows?|tells?|told|complains?|prefers?|likes?)"
)
"""What others think, mentioned just before the question."""
TOLD = words(
    rf"you must (?:have (?:been|felt)|be|feel) (?:\w+ ){{0,2}}?{_FEELING}",
    rf"i (?:guess|assume|imagine|suppose|bet) (?:that )?you (?:were|are|felt|feel) (?:\w+ ){{0,2}}?{_FEELING}",
)
"""A statement of what the participant felt, which asks for a yes."""
SHOWING = words(
    r"let me (?:show|demo|present|walk)(?: you)?(?: through)? (?:what we|our|(?:the|an?) (?:\w+ )?(?:idea|prototype|concept|design|mock\w*))"
)
"""An announcement of our own idea."""
PRAISE = words(
    r"(?:i|we) (?:really |just |absolutely )?love (?:that|it|this|your)|love (?:it|that)",
    r"(?:that's|that is|what) (?:so |such |really |a |an ){0,3}(?:great|awesome|amazing|fantastic|brilliant|excellent|wonderful|smart)(?: (?:point|answer|idea|insight|question|feedback))?",
    r"^\W{0,3}(?:great|good|excellent|fantastic|perfect) (?:answer|point|idea|insight|feedback|choice)|^\W{0,3}(?:yes|yeah|ah)?\W{0,3}you're (?:so |absolutely |totally )?right|^\W{0,3}i (?:totally|completely|fully) agree|exactly what we",
)
"""Praise, which makes people repeat what was praised."""
SEEKING = words(
    r"(?:was|were) there any(?:thing|one|where|body)? (?:\w+ )?(?:that|where|when|who|which)",
    r"(?:a|an|any|one|some|another|the|specific|recent) (?:\w+ ){0,3}?(?:time|times|moment|moments|occasion|occasions|example|examples|instance|instances|story|stories|episode|incident) (?:when|where|in which|that|you|about|from)|(?:an?|any|one|some|another|recent) (?:\w+ ){0,3}?(?:examples?|instances?|stor(?:y|ies)|episodes?|incidents?|occasions?) (?:of|for)",
    r"(?:been|there|remember|recall) (?:\w+ ){0,2}?(?:times?|moments?|occasions?|instances?) (?:when|where|that|you)|(?:good|recent|specific|concrete) example|(?:can|could) (?:you )?think of|come to mind|you (?:especially |particularly |still )?remember",
)
"""A search for one occasion: a yes is followed by a story."""
KNOWING = words(
    r"(?:do|did|can|could|would) you (?:still |happen to |also )?(?:remember|recall|know|have any idea|say|tell)(?: \w+)? (?:what|who|how|why|when|where|which)",
    r"do you (?:still )?(?:remember|recall)",
)
ALTERNATIVES = words(
    r"(?:a|an) [^?,]{1,60} or (?:more )?(?:an?|rather) \w+|(?:in|at|on|by|with|from|for) [^?,]{1,40} or (?:more )?(?:in|at|on|by|with|from|for) \w+|prefer(?:ence)? [^?]{1,60} or \w+|too \w+ or (?:not|too)"
)
"""Two answers to choose from, neither of them yes or no."""
