"""Tables of other tools as trees: rows, parents, and what is left out."""

import pytest

from ost.exchange.foreign.imports import Importer, Terms
from ost.exchange.foreign.terms import terms, toml
from tests.foreign import (
    assert_expected_tree,
    assert_found_again,
    folder_of,
    grown,
    guessed,
    here,
    left_out,
    listed,
    reasons,
)

HASH = "0123456789abcdef0123456789abcde"

SPREADSHEET = {
    "roadmap.csv": """\
Kind,Title,ID,Parent,Status,Description,Owner,RICE score,Sprint,Risk
Goal,More evenings begin with a film,1,,In progress,,Anna Berg,,S1,
Opportunity,"We can't agree, ever",2,1,Open,"Mail anna@example.org
now",Bob,12,,
Idea,"=HYPERLINK(""https://example.org/a"",""Veto round"")",3,"We can't agree, ever",Shipped,,,,,
solution,A list to vote on,4,2,Dropped,,,,,
Assumption,People vote honestly,5,3,Open,,,,,Desirability
Experiment,Ten evenings,6,5,Validated,,,,,
"""
}
LEVELS = {
    "levels.tsv": """\
Outcome\tOpportunity\tSolution\tAssumption\tStatus
More evenings\tCan't agree\tVeto\tHonest votes\t
\t\tShared list\t\tDone
\tNothing for mixed ages\t"- Age filter
- Two profiles"\t\t
"""
}
NUMBERED = {
    "tree.csv": """\
ID;Type;Name
1;Outcome;More
1.1;Pain point;"Slow; very"
1.1.1;Feature;Fast
"""
}
JIRA = {
    "jira.csv": """\
Summary,Issue key,Issue id,Issue Type,Status,Priority,Assignee,Labels,Labels,Description,\
Inward issue link (Polaris issue link),Outward issue link (Blocks),Outward issue link (Blocks),\
Custom field (Impact),Parent,Parent key
Watch more,DX-1,10001,Goal,In Progress,High,Anna,tv,,,,,,3,,
I can't agree,DX-2,10002,Opportunity,To Do,High,Anna,tv,home,"h2. Why
* *bold* see [board|https://example.org]
{code}a *b*{code}",,,,3,10001,DX-1
Veto round,DX-3,10003,Idea,Done,,,,,,DX-2,WEB-7,WEB-9,3,,
Build veto,WEB-7,10004,Epic,Done,,,,,,,,,,,
Votes are honest,DX-5,10005,Assumption,Open,,,,,,,,,,10004,WEB-7
"""
}
DISCOVERY = {
    "ideas.csv": "Key,Summary,Type,Status,Effort\nPD-1,Veto,Idea,Shipped,3\nPD-2,Vote,Idea,Odd,1\n"
}
NOTION = {
    f"Opportunities {HASH}0.csv": f"""\
Name,Parent item,Sub-item,Status,Assign,Solutions
Can't agree,,"Too many, really (Opportunities%20{HASH}0/Too%20many%20{HASH}2.md)",Open,Anna,\
Veto (https://www.notion.so/Veto-{HASH}3?pvs=21)
"Too many, really",,,Open,,
""",
    f"Opportunities {HASH}0/Can't agree {HASH}1.md": "# Can't agree\n\nStatus: Open\n\nThe text\n",
    f"Opportunities {HASH}0/Too many {HASH}2.md": "# Too many, really\n",
    f"Solutions {HASH}4.csv": "Name\nVeto\n",
    f"Solutions {HASH}4_all.csv": "Name\nVeto\nVote\n",
    f"Solutions {HASH}4/Veto {HASH}3.md": "# Veto\n",
    f"Solutions {HASH}4/Old {HASH}5.md": "# Old\n",
}
AIRTABLE = {
    "Opportunities-Grid view.csv": '''\
Name,Outcome,Solutions,Status
"Can't agree, ever",More evenings,"Veto,""Vote, twice""",Open
''',
    "Outcomes-Grid view.csv": 'Name,Opportunities\nMore evenings,"""Can\'t agree, ever"""\n',
    "Solutions-Grid view.csv": 'Name,Opportunity,Owner\nVeto,,Anna\n"Vote, twice",,\n',
    "Interviews-Grid view.csv": '''\
Name,Participant,Date,Opportunities,Quote
Call with Anna Berg,Anna Berg,2026-10-03,"""Can't agree, ever""",We gave up says Anna
''',
}
PRODUCTBOARD = {
    "features.csv": """\
Feature name,Type,Parent,Status,Owner,Customer importance score,Description
TV,product,,,,,
Choosing,component,TV,,,,
Veto,feature,Choosing,Released,Anna,12,<p>One <b>veto</b></p><ul><li>each</li></ul>
Small veto,subfeature,Veto,New idea,,,
""",
    "notes.csv": """\
Note title,Note text,User email,Company,Source,Tags,Linked features,Created at
From a call,We gave up. a@example.org,a@example.org,ACME,intercom,film,Veto,2026-10-03T10:00:00Z
""",
}
COMPONENTS = {
    "all.csv": """\
Product,Component,Feature,Subfeature,Feature status
TV,Choosing,Veto,Small,Released
"""
}
DOVETAIL = {
    "highlights.csv": """\
ID,Highlight,Tags,Note title,Created at,Author
h1,We gave up,"Choosing, fun",Call with Anna Berg,2026-10-03,Bo
h2,Too long,choosing,Call with Anna Berg,2026-10-03,Bo
h3,Alone at last,choosing,,,
""",
    "notes.csv": """\
Title,Content,Participant,Date
Call with Anna Berg,<p>Anna said</p>,Anna Berg,2026-10-02
""",
    "tags.csv": "Title,Description\nChoosing,takes long\n",
}
HIGHLIGHTS = {
    "h.csv": 'Highlight,Tags,Note title\nWe gave up,choosing,Call\nAgain,"choosing,tv",Call\n'
}

CASES = {
    "spreadsheet": (
        SPREADSHEET,
        "csv",
        """\
outcome More evenings begin with a film [active]
opportunity We can't agree, ever < More evenings begin with a film [open]
solution Veto round < We can't agree, ever [shipped]
solution A list to vote on < We can't agree, ever [dropped]
assumption People vote honestly < Veto round
test Ten evenings < People vote honestly [supported]
""",
        "",
    ),
    "levels": (
        LEVELS,
        "csv",
        """\
outcome More evenings
opportunity Can't agree < More evenings
solution Veto < Can't agree
assumption Honest votes < Veto
solution Shared list < Can't agree [shipped]
opportunity Nothing for mixed ages < More evenings
solution Age filter < Nothing for mixed ages
solution Two profiles < Nothing for mixed ages
""",
        "",
    ),
    "numbered": (
        NUMBERED,
        "csv",
        "outcome More\nopportunity Slow; very < More\nsolution Fast < Slow; very\n",
        "",
    ),
    "jira": (
        JIRA,
        "jira",
        """\
outcome Watch more [active]
opportunity I can't agree < Watch more [open]
solution Veto round < I can't agree [shipped]
assumption Votes are honest
""",
        "7: 'Epic' is not a kind here; say what it is under [kinds]\n",
    ),
    "product discovery": (
        DISCOVERY,
        "jira",
        "solution Veto [shipped]\nsolution Vote\n",
        "3: 'Odd' is not a status of a solution; use [status]\n",
    ),
    "notion": (
        NOTION,
        "notion",
        """\
opportunity Can't agree [open]
opportunity Too many, really < Can't agree [open]
solution Veto < Can't agree
solution Vote
""",
        "1: a page of no row\n",
    ),
    "airtable": (
        AIRTABLE,
        "airtable",
        """\
interview Call with P01
opportunity Can't agree, ever < More evenings [open]
outcome More evenings
solution Veto < Can't agree, ever
solution Vote, twice < Can't agree, ever
""",
        "",
    ),
    "productboard": (
        PRODUCTBOARD,
        "productboard",
        "opportunity Choosing\nsolution Veto < Choosing [shipped]\nsignal From a call\n",
        "",
    ),
    "components": (
        COMPONENTS,
        "productboard",
        "opportunity Choosing\nsolution Veto < Choosing\n",
        "",
    ),
    "dovetail": (
        DOVETAIL,
        "dovetail",
        """\
signal Alone at last
interview Call with P01
opportunity Choosing
opportunity fun
""",
        "",
    ),
    "highlights": (
        HIGHLIGHTS,
        "dovetail",
        "signal Call\nopportunity choosing\nopportunity tv\n",
        "",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rows_become_the_tree_they_mean(name: str) -> None:
    assert_expected_tree(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_second_import_finds_all_here(name: str) -> None:
    assert_found_again(CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_import_writes_nothing_about_a_person(name: str) -> None:
    made = guessed(CASES[name][0], CASES[name][1])
    written = "".join(each.source.path + each.source.text for each in made.drafts)
    assert not [each for each in ("Anna", "Berg", "example.org,", "ACME", "a@") if each in written]


@pytest.mark.parametrize("name", CASES)
def test_suggested_mapping_reads_the_table_as_it_was_read(name: str) -> None:
    files, form, expected, _ = CASES[name]
    suggest = Importer(form).suggest
    assert suggest is not None
    suggested = suggest(folder_of(files))
    assert suggested.fields
    mapping = terms(toml(suggested), "words.toml")
    assert mapping == suggested
    assert listed(guessed(files, form, mapping)) == expected


def text(files: dict[str, str], form: str, title: str) -> str:
    made = guessed(files, form)
    return next(each.source.text for each in made.drafts if each.title == title)


def test_scores_and_persons_are_named_and_left_out() -> None:
    assert left_out(guessed(SPREADSHEET, "csv")) == (
        "Owner (about persons)",
        "RICE score (scores have no place in the method)",
        "Sprint (without a meaning here)",
    )
    assert left_out(guessed(JIRA, "jira")) == (
        "Priority and Impact (scores have no place in the method)",
        "Assignee (about persons)",
    )


def test_fields_of_the_kind_are_kept() -> None:
    assert "risk: desirability\n" in text(SPREADSHEET, "csv", "People vote honestly")
    assert "tags: [tv, home]\n" in text(JIRA, "jira", "I can't agree")
    assert "links: [WEB-7, WEB-9]\n" in text(JIRA, "jira", "Veto round")


def test_wiki_markup_becomes_markdown() -> None:
    said = text(JIRA, "jira", "I can't agree")
    assert "\n## Why\n- **bold** see [board](https://example.org)\n`a *b*`\n" in said


def test_html_becomes_markdown() -> None:
    said = text(PRODUCTBOARD, "productboard", "Veto")
    assert said.endswith("\n\nOne **veto**\n\n- each\n\n- Small veto\n")


def test_page_of_a_row_is_its_text_and_its_key() -> None:
    said = text(NOTION, "notion", "Can't agree")
    assert said.endswith("# Can't agree\n\nThe text\n")
    assert f"aliases: [{HASH}1]" in said


def test_highlights_are_moments_of_their_interview() -> None:
    tree = grown(guessed(DOVETAIL, "dovetail"))
    (interview,) = (node for node in tree.by_id.values() if node.kind == "interview")
    assert "participant: P01\ndate: 2026-10-02\n" in text(DOVETAIL, "dovetail", interview.title)
    said = sorted((str(each.node), each.quotes[0].text) for each in tree.heard_in[interview.id])
    assert said == [("choosing", "Too long"), ("choosing", "We gave up"), ("fun", "We gave up")]


def test_mapping_says_what_words_mean() -> None:
    files = {
        "x.csv": """\
Was,Worum,Stand,Wer,Ziel
Bedarf,Zu langsam,läuft,Bo,Mehr
Epik,Umbau,,,
X,Y,,,
"""
    }
    mapping = Terms(
        kinds={"Bedarf": "opportunity", "Epik": ""},
        fields={"Was": "kind", "Worum": "title", "Stand": "status", "Wer": "", "Ziel": "outcome"},
        status={"läuft": "target"},
    )
    made = guessed(files, "csv", mapping)
    assert listed(made) == "opportunity Zu langsam [target]\n"
    assert reasons(made).splitlines() == [
        "4: 'X' is not a kind here; say what it is under [kinds]",
        "2: belongs under 'Mehr', which is not here or in this material",
    ]
    assert left_out(made) == ("Wer (left out by the mapping)",)
    assert "1 row of 'Epik' left out" in made.notes


def test_name_of_the_table_says_what_its_rows_are() -> None:
    assert listed(guessed({"Our ideas.csv": "Name,Status\nVeto,Done\n"}, "csv")) == (
        "solution Veto [shipped]\n"
    )
    mapping = Terms(kinds={"backlog": "solution"})
    named = guessed({"backlog.csv": "Name,X\nVeto,1\n"}, "csv", mapping)
    assert listed(named) == "solution Veto\n"


def test_short_keys_are_names_in_one_table_alone() -> None:
    first = guessed({"a.csv": "id,kind,title\n1,outcome,More\n"}, "csv")
    second = guessed({"b.csv": "id,kind,title\n1,outcome,Less\n"}, "csv", here=here(grown(first)))
    assert listed(second) == "outcome Less\n"


def test_pseudonyms_stay_when_an_export_grows() -> None:
    first = guessed(AIRTABLE, "airtable")
    name = "Interviews-Grid view.csv"
    longer = AIRTABLE | {name: AIRTABLE[name] + "Call with Tom,Tom,2026-10-09,,Tom left\n"}
    second = guessed(longer, "airtable", here=here(grown(first)))
    assert listed(second) == "interview Call with P03\n"  # P02 was Anna's, had she been new
