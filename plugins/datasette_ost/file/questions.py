"""Questions in SQL that people can run, edit and link to on Datasette's own pages."""

import re

from msgspec import Struct


class Question(Struct, frozen=True):
    """One question. If a chart shows the answer, `bars` names the column with the numbers and the
    one with their labels.
    """

    name: str
    title: str
    description: str
    sql: str
    bars: tuple[str, str] | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The values that the reader has to enter."""
        return tuple(dict.fromkeys(re.findall(r":([a-z]+)", self.sql)))

    @property
    def fragment(self) -> str | None:
        """The settings for datasette-vega to draw the answer, if that plugin is installed."""
        if self.bars is None:
            return None
        many, of = self.bars
        return (
            f"g.mark=bar&g.x_column={of}&g.x_type=ordinal&g.y_column={many}&g.y_type=quantitative"
        )


QUESTIONS = (
    Question(
        "targets",
        "What are we working on, and who asked for it?",
        "Every target with its people, when it was last mentioned, and its live solutions.",
        """
select
  node.id,
  node.title,
  node.participants,
  node.against,
  node.last_heard,
  (
    select count(distinct below.id)
    from edge
    join node as below on below.id = edge.source
    where edge.target = node.id
      and edge.relation = 'parent'
      and below.kind = 'solution'
      and below.status != 'dropped'
  ) as live_solutions
from node
where node.kind = 'opportunity'
  and node.status = 'target'
order by node.participants, node.title, node.id
""",
        ("participants", "title"),
    ),
    Question(
        "unopposed",
        "Which solutions have no alternative?",
        "Opportunities with exactly one solution that is not dropped: nothing to compare.",
        """
select node.id, node.title, node.status, min(below.id) as solution, min(below.title) as idea
from node
join edge on edge.target = node.id and edge.relation = 'parent'
join node as below on below.id = edge.source
where node.kind = 'opportunity'
  and below.kind = 'solution'
  and below.status != 'dropped'
group by node.id
having count(distinct below.id) = 1
order by node.status != 'target', node.title, node.id
""",
    ),
    Question(
        "leaps",
        "What do we believe without a test?",
        "Untested assumptions of solutions under way, the most important first.",
        """
select
  assumption.id,
  assumption.title,
  json_extract(assumption.fields, '$.risk') as risk,
  json_extract(assumption.fields, '$.importance') as importance,
  solution.title as solution,
  solution.status
from node as assumption
join edge on edge.source = assumption.id and edge.relation = 'parent'
join node as solution on solution.id = edge.target
where assumption.kind = 'assumption'
  and assumption.status = 'untested'
  and solution.kind = 'solution'
  and solution.status in ('candidate', 'testing', 'building')
order by
  case importance when 'high' then 0 when 'medium' then 1 when 'low' then 2 else 3 end,
  solution.title,
  assumption.title,
  assumption.id,
  solution.id
""",
    ),
    Question(
        "mistaken",
        "Where were we wrong?",
        "Assumptions that a test refuted, newest first.",
        """
select assumption.id, assumption.title, test.title as test, test.date as ended
from node as assumption
join edge on edge.target = assumption.id and edge.relation = 'parent'
join node as test on test.id = edge.source
where assumption.kind = 'assumption'
  and test.kind = 'test'
  and test.status = 'refuted'
order by test.date desc, assumption.title, assumption.id, test.id
""",
    ),
    Question(
        "words-about",
        "What did people say about a node?",
        "Every quote about a node (by id) and everything below it, with a link to the recording.",
        """
select quote.text, quote.participant, quote.url, about.title as about, source.title as interview
from node as top
join node as about on about.id = top.id or (about.lft > top.lft and about.rgt < top.rgt)
join moment on moment.node = about.id
join quote on quote.moment = moment.id
join node as source on source.id = quote.source
where top.id = :node
order by about.lft, source.date desc, source.id, quote.position
""",
    ),
    Question(
        "stories-of",
        "What did one person say?",
        "A participant's story, step by step, across their interviews.",
        """
select source.date, source.title as interview, story_step.position, story_step.text, story_step.url
from story_step
join node as source on source.id = story_step.source
where source.participant = :participant
order by source.date, source.id, story_step.position
""",
    ),
    Question(
        "interviews-by-month",
        "How often do we interview customers?",
        "Interviews and people per month, newest first.",
        """
select
  substr(date, 1, 7) as month,
  count(*) as interviews,
  count(distinct coalesce(participant, 'unknown')) as people
from node
where kind = 'interview'
  and date is not null
group by 1
order by 1 desc
""",
        ("interviews", "month"),
    ),
    Question(
        "heard-and-worked-on",
        "Are we working on what we hear most?",
        "People per opportunity, with its status and number of solutions.",
        """
select node.id, node.title, node.status, node.participants, (
    select count(*)
    from edge
    join node as below on below.id = edge.source
    where edge.target = node.id
      and edge.relation = 'parent'
      and below.kind = 'solution'
  ) as solutions
from node
where node.kind = 'opportunity'
order by node.participants desc, node.title, node.id
limit 200
""",
        ("participants", "title"),
    ),
)
