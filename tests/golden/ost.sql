CREATE INDEX "idx_change_change"
    ON "change" ("change");
CREATE INDEX "idx_change_node"
    ON "change" ("node");
CREATE INDEX "idx_change_revision"
    ON "change" ("revision", "weight", "change");
CREATE INDEX "idx_change_weight"
    ON "change" ("weight");
CREATE INDEX "idx_diagnostic_code"
    ON "diagnostic" ("code");
CREATE INDEX "idx_diagnostic_node"
    ON "diagnostic" ("node");
CREATE INDEX "idx_diagnostic_severity"
    ON "diagnostic" ("severity");
CREATE INDEX "idx_edge_source"
    ON "edge" ("source");
CREATE INDEX "idx_edge_target"
    ON "edge" ("target", "relation", "source");
CREATE INDEX "idx_evidence_history_since"
    ON "evidence_history" ("since");
CREATE INDEX "idx_evidence_participant"
    ON "evidence" ("participant");
CREATE INDEX "idx_former_id_node"
    ON "former_id" ("node");
CREATE INDEX "idx_moment_node"
    ON "moment" ("node");
CREATE INDEX "idx_moment_participant"
    ON "moment" ("participant");
CREATE INDEX "idx_moment_source"
    ON "moment" ("source");
CREATE INDEX "idx_node_kind"
    ON "node" ("kind", "date");
CREATE INDEX "idx_node_lft"
    ON "node" ("lft");
CREATE INDEX "idx_node_outcome"
    ON "node" ("outcome");
CREATE INDEX "idx_node_parent"
    ON "node" ("parent");
CREATE INDEX "idx_node_participant"
    ON "node" ("participant");
CREATE INDEX "idx_participant_illustrative"
    ON "participant" ("illustrative");
CREATE INDEX "idx_quote_moment"
    ON "quote" ("moment", "source");
CREATE INDEX "idx_quote_source"
    ON "quote" ("source");
CREATE INDEX "idx_revision_commit_id"
    ON "revision" ("commit_id");
CREATE INDEX "idx_revision_day"
    ON "revision" ("day");
CREATE INDEX "idx_story_step_source"
    ON "story_step" ("source");
CREATE INDEX "idx_version_kind"
    ON "version" ("kind");
CREATE INDEX "idx_version_parent"
    ON "version" ("parent");
CREATE INDEX "idx_version_since"
    ON "version" ("since");
CREATE INDEX "idx_waiver_node"
    ON "waiver" ("node");
CREATE TABLE "change" (
   "id" TEXT PRIMARY KEY,
   "revision" INTEGER,
   "position" INTEGER,
   "node" TEXT,
   "kind" TEXT,
   "title" TEXT,
   "change" TEXT,
   "field" TEXT,
   "before" TEXT,
   "after" TEXT,
   "people" TEXT,
   "weight" INTEGER,
   "sentence" TEXT,
   "fingerprint" TEXT,
   "path" TEXT,
   "line" INTEGER
);
CREATE TABLE "description" (
   "table_name" TEXT,
   "column_name" TEXT,
   "text" TEXT,
   PRIMARY KEY ("table_name", "column_name")
);
CREATE TABLE "diagnostic" (
   "id" TEXT PRIMARY KEY,
   "path" TEXT,
   "line" INTEGER,
   "column" INTEGER,
   "end_line" INTEGER,
   "end_column" INTEGER,
   "code" TEXT REFERENCES "rule"("code"),
   "name" TEXT,
   "severity" TEXT,
   "message" TEXT,
   "node" TEXT REFERENCES "node"("id")
);
CREATE TABLE "edge" (
   "id" TEXT PRIMARY KEY,
   "source" TEXT REFERENCES "node"("id"),
   "target" TEXT REFERENCES "node"("id"),
   "relation" TEXT,
   "position" INTEGER,
   "line" INTEGER,
   "column" INTEGER
);
CREATE TABLE "evidence" (
   "node" TEXT REFERENCES "node"("id"),
   "participant" TEXT REFERENCES "participant"("id"),
   "moments" INTEGER,
   PRIMARY KEY ("node", "participant")
);
CREATE TABLE "evidence_history" (
   "node" TEXT,
   "since" INTEGER,
   "until" INTEGER,
   "participants" INTEGER,
   "interviews" INTEGER,
   "moments" INTEGER,
   "against" INTEGER,
   "signals" INTEGER,
   "first_heard" TEXT,
   "last_heard" TEXT,
   PRIMARY KEY ("node", "since")
);
CREATE TABLE "file" (
   "path" TEXT PRIMARY KEY,
   "blob" TEXT,
   "nodes" INTEGER
);
CREATE TABLE "former_id" (
   "node" TEXT,
   "id" TEXT,
   "since" INTEGER,
   "until" INTEGER,
   PRIMARY KEY ("id", "since")
);
CREATE TABLE "kind" (
   "name" TEXT PRIMARY KEY,
   "position" INTEGER,
   "plural" TEXT,
   "summary" TEXT,
   "glyph" TEXT,
   "icon" TEXT,
   "colour" TEXT,
   "shape" TEXT,
   "parents" TEXT,
   "placed" INTEGER,
   "top" INTEGER,
   "rivals" INTEGER,
   "needs_evidence" INTEGER,
   "decides" INTEGER,
   "speaks" TEXT,
   "day" TEXT,
   "fields" TEXT,
   "labels" TEXT
);
CREATE TABLE "measurement" (
   "outcome" TEXT REFERENCES "node"("id"),
   "date" TEXT,
   "value" REAL,
   PRIMARY KEY ("outcome", "date")
);
CREATE TABLE "meta" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT
);
CREATE TABLE "moment" (
   "id" TEXT PRIMARY KEY,
   "source" TEXT REFERENCES "node"("id"),
   "node" TEXT REFERENCES "node"("id"),
   "participant" TEXT REFERENCES "participant"("id"),
   "stance" TEXT,
   "kind" TEXT,
   "words" TEXT,
   "second" INTEGER,
   "url" TEXT,
   "date" TEXT,
   "position" INTEGER,
   "line" INTEGER,
   "further" TEXT
);
CREATE VIRTUAL TABLE "moment_fts" USING FTS5 (
    "words",
    tokenize='porter unicode61 remove_diacritics 2',
    content="moment"
);
CREATE TABLE "node" (
   "id" TEXT PRIMARY KEY,
   "kind" TEXT REFERENCES "kind"("name"),
   "title" TEXT,
   "status" TEXT,
   "parent" TEXT REFERENCES "node"("id"),
   "outcome" TEXT REFERENCES "node"("id"),
   "lft" INTEGER,
   "rgt" INTEGER,
   "depth" INTEGER,
   "children" INTEGER,
   "descendants" INTEGER,
   "participants" INTEGER,
   "interviews" INTEGER,
   "moments" INTEGER,
   "against" INTEGER,
   "signals" INTEGER,
   "first_heard" TEXT,
   "last_heard" TEXT,
   "errors" INTEGER,
   "warnings" INTEGER,
   "waived" INTEGER,
   "illustrative" INTEGER,
   "date" TEXT,
   "participant" TEXT REFERENCES "participant"("id"),
   "segment" TEXT,
   "recording" TEXT,
   "fields" TEXT,
   "body" TEXT,
   "sections" TEXT,
   "notation" TEXT,
   "path" TEXT,
   "line" INTEGER
);
CREATE VIRTUAL TABLE "node_fts" USING FTS5 (
    "title", "body",
    tokenize='porter unicode61 remove_diacritics 2',
    content="node"
);
CREATE TABLE "participant" (
   "id" TEXT PRIMARY KEY,
   "segment" TEXT,
   "interviews" INTEGER,
   "first" TEXT,
   "last" TEXT,
   "illustrative" INTEGER
);
CREATE TABLE "quote" (
   "id" TEXT PRIMARY KEY,
   "source" TEXT REFERENCES "node"("id"),
   "moment" TEXT REFERENCES "moment"("id"),
   "participant" TEXT REFERENCES "participant"("id"),
   "text" TEXT,
   "section" TEXT,
   "second" INTEGER,
   "url" TEXT,
   "position" INTEGER,
   "line" INTEGER,
   "further" TEXT,
   "turn" INTEGER
);
CREATE VIRTUAL TABLE "quote_fts" USING FTS5 (
    "text",
    tokenize='porter unicode61 remove_diacritics 2',
    content="quote"
);
CREATE TABLE "revision" (
   "n" INTEGER PRIMARY KEY,
   "commit_id" TEXT,
   "at" TEXT,
   "day" TEXT,
   "author" TEXT,
   "subject" TEXT,
   "pull" TEXT,
   "changes" INTEGER,
   "nodes" INTEGER
);
CREATE TABLE "rule" (
   "code" TEXT PRIMARY KEY,
   "name" TEXT,
   "family" TEXT,
   "severity" TEXT,
   "summary" TEXT,
   "page" TEXT
);
CREATE TABLE sqlite_stat1(tbl,idx,stat);
CREATE TABLE "status" (
   "kind" TEXT REFERENCES "kind"("name"),
   "name" TEXT,
   "position" INTEGER,
   "meaning" TEXT,
   "stage" TEXT,
   "tone" TEXT,
   "usual" INTEGER,
   PRIMARY KEY ("kind", "name")
);
CREATE TABLE "story_step" (
   "id" TEXT PRIMARY KEY,
   "source" TEXT REFERENCES "node"("id"),
   "position" INTEGER,
   "text" TEXT,
   "second" INTEGER,
   "url" TEXT,
   "line" INTEGER,
   "further" TEXT
);
CREATE TABLE "turn" (
   "interview" TEXT REFERENCES "node"("id"),
   "position" INTEGER,
   "second" INTEGER,
   "speaker" TEXT,
   "text" TEXT,
   PRIMARY KEY ("interview", "position")
);
CREATE TABLE "version" (
   "node" TEXT,
   "since" INTEGER,
   "until" INTEGER,
   "kind" TEXT,
   "title" TEXT,
   "status" TEXT,
   "parent" TEXT,
   "path" TEXT,
   "blob" TEXT,
   PRIMARY KEY ("node", "since")
);
CREATE TABLE "waiver" (
   "id" TEXT PRIMARY KEY,
   "node" TEXT REFERENCES "node"("id"),
   "rule" TEXT,
   "because" TEXT,
   "until" TEXT,
   "state" TEXT,
   "line" INTEGER
);
CREATE TABLE "week" (
   "day" TEXT PRIMARY KEY,
   "revision" INTEGER,
   "changes" INTEGER,
   "headline" TEXT,
   "nodes" INTEGER,
   "opportunities" INTEGER,
   "solutions" INTEGER,
   "interviews" INTEGER,
   "participants" INTEGER,
   "targets" TEXT,
   "metrics" TEXT
);
CREATE VIEW "assumption" AS select
  "id",
  "title",
  "status",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.risk') as "risk",
  json_extract(fields, '$.importance') as "importance",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'assumption';
CREATE VIEW "change_by_day" AS select revision.day, change.revision, change.position, change.change, change.node, change.kind,
  change.title, change.sentence, change.weight, revision.author, revision.subject, revision.pull,
  revision.commit_id
from change
join revision on revision.n = change.revision;
CREATE VIEW "decision" AS select
  "id",
  "title",
  "status",
  "date",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.on') as "on",
  json_extract(fields, '$.chose') as "chose",
  json_extract(fields, '$.over') as "over",
  json_extract(fields, '$.door') as "door",
  json_extract(fields, '$.because') as "because",
  json_extract(fields, '$.revisit') as "revisit",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'decision';
CREATE VIEW "evidence_by_day" AS select it."node", it."since", it."until", it."participants", it."interviews", it."moments", it."against", it."signals", it."first_heard", it."last_heard", began.day as since_day, ended.day as until_day
from evidence_history as it
join revision as began on began.n = it.since
left join revision as ended on ended.n = it.until;
CREATE VIEW "guide" AS select
  "id",
  "title",
  "status",
  json_extract(fields, '$.tags') as "tags",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'guide';
CREATE VIEW "interview" AS select
  "id",
  "title",
  "status",
  "date",
  "participant",
  "segment",
  "recording",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.interviewers.pm') as "interviewers_pm",
  json_extract(fields, '$.interviewers.designer') as "interviewers_designer",
  json_extract(fields, '$.interviewers.engineer') as "interviewers_engineer",
  json_extract(fields, '$.duration') as "duration",
  json_extract(fields, '$.transcript') as "transcript",
  json_extract(fields, '$.consent') as "consent",
  json_extract(fields, '$.recruited') as "recruited",
  json_extract(fields, '$.guide') as "guide",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'interview';
CREATE VIEW "interview_clock" AS select node.id as interview, node.participant, node.date as said,
  min(version_by_day.since_day) as believed,
  cast(julianday(min(version_by_day.since_day)) - julianday(node.date) as integer) as days
from node
left join former_id on former_id.node = node.id
join version_by_day on version_by_day.node in (node.id, former_id.id)
where node.kind = 'interview'
group by node.id;
CREATE VIEW "opportunity" AS select
  "id",
  "title",
  "status",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.because') as "because",
  json_extract(fields, '$.need') as "need",
  json_extract(fields, '$.moment') as "moment",
  json_extract(fields, '$.other_ways') as "other_ways",
  json_extract(fields, '$.lenses.size') as "lenses_size",
  json_extract(fields, '$.lenses.market') as "lenses_market",
  json_extract(fields, '$.lenses.company') as "lenses_company",
  json_extract(fields, '$.lenses.customer') as "lenses_customer",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'opportunity';
CREATE VIEW "outcome" AS select
  "id",
  "title",
  "status",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.measure') as "measure",
  json_extract(fields, '$.metric') as "metric",
  json_extract(fields, '$.unit') as "unit",
  json_extract(fields, '$.baseline') as "baseline",
  json_extract(fields, '$.target') as "target",
  json_extract(fields, '$.by') as "by",
  json_extract(fields, '$.team') as "team",
  json_extract(fields, '$.learning_goal') as "learning_goal",
  json_extract(fields, '$.measurements') as "measurements",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'outcome';
CREATE VIEW "signal" AS select
  "id",
  "title",
  "status",
  "date",
  "participant",
  "segment",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.source') as "source",
  json_extract(fields, '$.links') as "links",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'signal';
CREATE VIEW "solution" AS select
  "id",
  "title",
  "status",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.differs') as "differs",
  json_extract(fields, '$.because') as "because",
  json_extract(fields, '$.bet.expect') as "bet_expect",
  json_extract(fields, '$.bet.metric') as "bet_metric",
  json_extract(fields, '$.bet.by') as "bet_by",
  json_extract(fields, '$.bet.confidence') as "bet_confidence",
  json_extract(fields, '$.result.on') as "result_on",
  json_extract(fields, '$.result.actual') as "result_actual",
  json_extract(fields, '$.result.verdict') as "result_verdict",
  json_extract(fields, '$.links') as "links",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'solution';
CREATE VIEW "test" AS select
  "id",
  "title",
  "status",
  "date",
  "parent",
  "outcome",
  "depth",
  "children",
  "descendants",
  "participants",
  "interviews",
  "moments",
  "against",
  "signals",
  "first_heard",
  "last_heard",
  lft as "position",
  json_extract(fields, '$.tags') as "tags",
  json_extract(fields, '$.method') as "method",
  json_extract(fields, '$.criterion.measure') as "criterion_measure",
  json_extract(fields, '$.criterion.at_least') as "criterion_at_least",
  json_extract(fields, '$.criterion.of') as "criterion_of",
  json_extract(fields, '$.criterion.at_most') as "criterion_at_most",
  json_extract(fields, '$.criterion.unit') as "criterion_unit",
  json_extract(fields, '$.planned') as "planned",
  json_extract(fields, '$.started') as "started",
  json_extract(fields, '$.ended') as "ended",
  json_extract(fields, '$.result.measure') as "result_measure",
  json_extract(fields, '$.result.of') as "result_of",
  json_extract(fields, '$.verdict') as "verdict",
  "illustrative",
  "errors",
  "warnings",
  "path",
  "line"
from node
where kind = 'test';
CREATE VIEW "version_by_day" AS select it."node", it."since", it."until", it."kind", it."title", it."status", it."parent", it."path", it."blob", began.day as since_day, ended.day as until_day
from version as it
join revision as began on began.n = it.since
left join revision as ended on ended.n = it.until;
node: ["agree", "opportunity", "We never agree", "target", "more", "more", 10001, 10010, 1, 2, 4, 2, 2, 3, 1, 1, "2026-01-03", "2026-02-03", 0, 0, 0, 0, null, null, null, null, "{\"parent\":[\"more\"],\"status\":\"target\",\"lenses\":{\"size\":\"many\"}}", "# We never agree\n", null, "{\"title\":[2,16]}", "agree.md", 7]
node: ["kids", "opportunity", "The kids drift off", "open", "agree", "more", 10002, 10003, 2, 0, 0, 2, 2, 2, 1, 1, "2026-01-03", "2026-02-03", 0, 0, 0, 0, null, null, null, null, "{\"parent\":[\"agree\",\"more\"]}", "# The kids drift off\n", null, "{\"title\":[2,20]}", "kids.md", 5]
node: ["more", "outcome", "More film nights", "active", null, "more", 10000, 10011, 0, 1, 5, 2, 2, 3, 1, 1, "2026-01-03", "2026-02-03", 0, 0, 0, 0, null, null, null, null, "{\"measurements\":{\"2026-01-01\":3,\"2026-02-01\":4.5}}", "# More film nights\n", null, "{\"title\":[2,18]}", "more.md", 5]
node: ["p07", "interview", "P07", null, null, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, "2026-01-03", "P07", "families", "https://youtu.be/9RFaz9ZBXpk", "{\"date\":\"2026-01-03\",\"participant\":\"P07\",\"segment\":\"families\",\"recording\":\"https://youtu.be/9RFaz9ZBXpk\"}", "# P07\n\n## Memorable quote\n\n> We choose longer than we watch. [12:41]\n\n## Story\n\n1. [03:10] Friday, on the sofa\n2. scrolls\n\n## Opportunities\n\n- [[agree]] three vetoes [12:41]\n  > By then somebody has gone to bed. [13:05]\n- [[kids]] phones\n- against [[kids]] they stay\n", "[{\"part\":\"memorable quote\",\"title\":\"Memorable quote\",\"line\":10,\"start\":10},{\"part\":\"story\",\"title\":\"Story\",\"line\":14,\"start\":73},{\"part\":\"opportunities\",\"title\":\"Opportunities\",\"line\":19,\"start\":126}]", "{\"title\":[2,5],\"links\":[[143,152,\"agree\"],[222,230,\"kids\"],[248,256,\"kids\"]],\"stamps\":[[61,68,761],[83,90,190],[166,173,761],[212,219,785]]}", "p07.md", 8]
node: ["p08", "interview", "P08", null, null, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, "2026-02-03", null, null, null, "{\"date\":\"2026-02-03\"}", "# P08\n\n## Opportunities\n\n- [[kids]] phones too\n", "[{\"part\":\"opportunities\",\"title\":\"Opportunities\",\"line\":7,\"start\":10}]", "{\"title\":[2,5],\"links\":[[27,35,\"kids\"]]}", "p08.md", 5]
node: ["quick", "assumption", "Voting is quick", "refuted", "vote", "more", 10005, 10008, 3, 1, 1, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, null, null, null, null, "{\"parent\":[\"vote\"]}", "# Voting is quick\n", null, "{\"title\":[2,17]}", "quick.md", 5]
node: ["ticket", "signal", "A ticket", null, null, null, null, null, null, 0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, "2026-02-04", null, null, null, "{\"date\":\"2026-02-04\"}", "# A ticket\n\n[[kids]] again.\n", null, "{\"title\":[2,10],\"links\":[[12,20,\"kids\"]]}", "ticket.md", 5]
node: ["try", "test", "Five families", "refuted", "quick", "more", 10006, 10007, 4, 0, 0, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, "2026-03-01", null, null, null, "{\"parent\":[\"quick\"],\"ended\":\"2026-03-01\",\"verdict\":\"refuted\"}", "# Five families\n", null, "{\"title\":[2,15]}", "try.md", 7]
node: ["vote", "solution", "Everybody votes", "idea", "agree", "more", 10004, 10009, 2, 1, 2, 0, 0, 0, 0, 0, null, null, 0, 0, 0, 0, null, null, null, null, "{\"parent\":[\"agree\"],\"bet\":{\"expect\":5,\"by\":\"2026-12-01\"}}", "# Everybody votes\n", null, "{\"title\":[2,17]}", "vote.md", 6]
edge: ["agree:1", "agree", "more", "parent", 1, 3, 9]
edge: ["kids:1", "kids", "agree", "parent", 1, 3, 10]
edge: ["kids:2", "kids", "more", "parent", 2, 3, 17]
edge: ["p07:1", "p07", "agree", "evidence", 1, 21, 3]
edge: ["p07:2", "p07", "kids", "evidence", 2, 23, 3]
edge: ["p07:3", "p07", "kids", "evidence", 3, 24, 11]
edge: ["p08:1", "p08", "kids", "evidence", 1, 9, 3]
edge: ["quick:1", "quick", "vote", "parent", 1, 3, 9]
edge: ["ticket:1", "ticket", "kids", "evidence", 1, 7, 1]
edge: ["try:1", "try", "quick", "parent", 1, 3, 9]
edge: ["vote:1", "vote", "agree", "parent", 1, 3, 9]
moment: ["0def9b48b9d9a390", "p07", "agree", "P07", "for", "story", "three vetoes", 761, "https://youtu.be/9RFaz9ZBXpk?t=761s", "2026-01-03", 1, 21, null]
moment: ["420c986ce5b63e2a", "ticket", "kids", null, "for", "signal", "", null, null, "2026-02-04", 1, 7, null]
moment: ["49a60ea740a663a4", "p07", "kids", "P07", "against", "story", "they stay", null, "https://youtu.be/9RFaz9ZBXpk", "2026-01-03", 3, 24, null]
moment: ["619788be6279024e", "p08", "kids", "unknown", "for", "story", "phones too", null, null, "2026-02-03", 1, 9, null]
moment: ["8aef9e98d696a735", "p07", "kids", "P07", "for", "story", "phones", null, "https://youtu.be/9RFaz9ZBXpk", "2026-01-03", 2, 23, null]
quote: ["260ade685c179e82", "p07", null, "P07", "We choose longer than we watch.", "Memorable quote", 761, "https://youtu.be/9RFaz9ZBXpk?t=761s", 1, 12, null, null]
quote: ["432d64f86ce2e8c7", "p07", "0def9b48b9d9a390", "P07", "By then somebody has gone to bed.", "Opportunities", 785, "https://youtu.be/9RFaz9ZBXpk?t=785s", 2, 22, null, null]
story_step: ["p07:1", "p07", 1, "Friday, on the sofa", 190, "https://youtu.be/9RFaz9ZBXpk?t=190s", 16, null]
story_step: ["p07:2", "p07", 2, "scrolls", null, "https://youtu.be/9RFaz9ZBXpk", 17, null]
evidence: ["agree", "P07", 2]
evidence: ["agree", "unknown", 1]
evidence: ["kids", "P07", 1]
evidence: ["kids", "unknown", 1]
evidence: ["more", "P07", 2]
evidence: ["more", "unknown", 1]
measurement: ["more", "2026-01-01", 3.0]
measurement: ["more", "2026-02-01", 4.5]
participant: ["P07", "families", 1, "2026-01-03", "2026-01-03", 0]
participant: ["unknown", null, 1, "2026-02-03", "2026-02-03", 0]
kind: ["assumption", 4, "assumptions", "Something that must be true for a solution to work.", "▲", "question", "yellow", "dashed", "[\"solution\"]", 1, 0, 0, 0, 0, null, null, "{\"risk\": \"Which of the five kinds of assumption it is.\", \"importance\": \"How much the solution depends on it.\"}", "{\"aliases\": \"Former ids\"}"]
kind: ["decision", 6, "decisions", "What the team chose, over what, and why.", "◼", "diamond", "slate", "note", "[\"outcome\", \"opportunity\", \"solution\", \"assumption\", \"test\"]", 1, 0, 0, 0, 1, null, "on", "{\"on\": \"The day of the decision.\", \"chose\": \"The nodes chosen.\", \"over\": \"The nodes it was chosen over.\", \"door\": \"Whether it is hard (`one-way`) or easy (`two-way`) to reverse.\", \"because\": \"The reason.\", \"revisit\": \"When to revisit it: a day, or an event in words.\"}", "{\"aliases\": \"Former ids\", \"on\": \"Decided\"}"]
kind: ["guide", 9, "guides", "The prompts an interviewer intends to use.", "¶", "lines", "grey", "round", "[]", 0, 0, 0, 0, 0, null, null, "{}", "{\"aliases\": \"Former ids\"}"]
kind: ["interview", 7, "interviews", "A snapshot of one customer's story.", "❝", "microphone", "cyan", "round", "[]", 0, 0, 0, 0, 0, "story", "date", "{\"date\": \"The day of the interview.\", \"participant\": \"A pseudonym, such as P07; a list for several people.\", \"segment\": \"The kind of customer.\", \"interviewers\": \"Who took part: `{pm, designer, engineer}`.\", \"recording\": \"The recording: an address or a file.\", \"duration\": \"The recording's length, as `h:mm:ss` or `mm:ss`.\", \"transcript\": \"The transcript's path: `.vtt`, `.srt`, `.txt` or `.md`.\", \"consent\": \"What the participant agreed to, such as `research`.\", \"recruited\": \"How the participant was found.\", \"guide\": \"The interview guide used.\"}", "{\"aliases\": \"Former ids\", \"duration\": \"Length\", \"recruited\": \"Recruited via\"}"]
kind: ["opportunity", 2, "opportunities", "A customer's need, pain or desire, in words a customer might say.", "●", "speech", "blue", "round", "[\"outcome\", \"opportunity\"]", 1, 0, 0, 1, 0, null, null, "{\"status\": \"`target`: the team is working on it now; `open` by default.\", \"because\": \"Why it was parked.\", \"need\": \"Which of the three it is.\", \"moment\": \"When in the customer's experience it happens.\", \"other_ways\": \"Other ways to address it, to show that it is not a disguised solution.\", \"lenses\": \"Size, market, company and customer, each in words.\"}", "{\"aliases\": \"Former ids\", \"need\": \"Type\", \"other_ways\": \"Other ways to address it\"}"]
kind: ["outcome", 1, "outcomes", "A change in customer behaviour or in the business that a team is asked to bring about.", "◎", "flag", "indigo", "card", "[\"outcome\"]", 1, 1, 0, 1, 0, null, null, "{\"status\": \"The outcome's status; `active` by default.\", \"measure\": \"The business's health, behaviour in the product, or use of one feature.\", \"metric\": \"What is measured, in words.\", \"unit\": \"The metric's unit.\", \"baseline\": \"The value at the start.\", \"target\": \"The value aimed for.\", \"by\": \"The day the target is due.\", \"team\": \"The team that owns the outcome.\", \"learning_goal\": \"What the team must learn before it can set a number, or `true`.\", \"measurements\": \"The metric over time: a map of day to value.\"}", "{\"aliases\": \"Former ids\", \"by\": \"Due\"}"]
kind: ["signal", 8, "signals", "What is not a story: a ticket, a sales call, a survey answer, a number from analytics.", "∿", "bars", "olive", "round", "[]", 0, 0, 0, 0, 0, "signal", "date", "{\"date\": \"The day it came in.\", \"source\": \"Where it came from.\", \"participant\": \"Whose it is, as a pseudonym.\", \"segment\": \"The kind of customer.\", \"links\": \"Where to see it.\"}", "{\"aliases\": \"Former ids\"}"]
kind: ["solution", 3, "solutions", "Something that might address an opportunity; one of several candidates.", "■", "bulb", "green", "block", "[\"opportunity\"]", 1, 0, 1, 0, 0, null, null, "{\"status\": \"How far along it is; `idea` by default.\", \"differs\": \"How it differs from its alternatives, in a few words.\", \"because\": \"Why it was dropped.\", \"bet\": \"What it is expected to do, by when.\", \"result\": \"The result of the bet.\", \"links\": \"Tickets and pull requests.\"}", "{\"aliases\": \"Former ids\", \"differs\": \"How it differs\"}"]
kind: ["test", 5, "tests", "A small, quick try of one assumption, with its criterion set beforehand.", "◆", "flask", "magenta", "pill", "[\"assumption\"]", 1, 0, 0, 0, 0, null, "ended", "{\"method\": \"Prototype, one-question survey, data mining or research spike.\", \"criterion\": \"What must be seen: `{measure, at_least, of}`; `at_most` for costs; `unit` in place of `of` for a number that is not some of many.\", \"planned\": \"The day it is planned for.\", \"started\": \"The day it began.\", \"ended\": \"The day it ended.\", \"result\": \"What was seen: `{measure, of}`.\", \"verdict\": \"What the result says of the assumption.\"}", "{\"aliases\": \"Former ids\", \"planned\": \"Planned for\"}"]
kind: ["unknown", 10, "nodes of unknown kind", "A node of unknown kind: its links stay alive until someone corrects the kind.", "?", null, "red", "round", "[]", 1, 0, 0, 0, 0, null, null, "{}", "{\"aliases\": \"Former ids\"}"]
status: ["assumption", "draft", 6, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["assumption", "refuted", 4, "The results refute it", "done", "bad", 0]
status: ["assumption", "supported", 3, "The results support it", "done", "good", 0]
status: ["assumption", "testing", 2, "A test is running", "live", "busy", 0]
status: ["assumption", "unclear", 5, "The results do not decide it", "done", "mixed", 0]
status: ["assumption", "untested", 1, "No test has started", "waiting", "plain", 0]
status: ["decision", "draft", 1, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["guide", "draft", 1, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["interview", "draft", 1, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["opportunity", "addressed", 3, "A shipped solution meets it", "done", "good", 0]
status: ["opportunity", "draft", 5, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["opportunity", "open", 1, "Mentioned, not chosen yet", "waiting", "plain", 1]
status: ["opportunity", "parked", 4, "Left for later", "aside", "quiet", 0]
status: ["opportunity", "target", 2, "The team is working on it now", "live", "focus", 0]
status: ["outcome", "active", 1, "The team is working on it", "live", "plain", 1]
status: ["outcome", "draft", 4, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["outcome", "dropped", 3, "The team no longer pursues it", "aside", "quiet", 0]
status: ["outcome", "met", 2, "The target was reached", "done", "good", 0]
status: ["signal", "draft", 1, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["solution", "building", 4, "The team is building it", "live", "busy", 0]
status: ["solution", "candidate", 2, "One of the solutions being compared", "waiting", "chosen", 0]
status: ["solution", "draft", 7, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["solution", "dropped", 6, "The team no longer pursues it", "aside", "quiet", 0]
status: ["solution", "idea", 1, "Written down, not explored yet", "waiting", "plain", 0]
status: ["solution", "shipped", 5, "Customers have it", "done", "good", 0]
status: ["solution", "testing", 3, "Its assumptions are being tested", "live", "busy", 0]
status: ["test", "draft", 7, "A machine drafted it and no one has signed it", "aside", "quiet", 0]
status: ["test", "ended", 3, "It is over, without a verdict yet", "done", "plain", 0]
status: ["test", "planned", 1, "It has not started", "waiting", "plain", 0]
status: ["test", "refuted", 5, "The results refute it", "done", "bad", 0]
status: ["test", "running", 2, "It has started", "live", "busy", 0]
status: ["test", "supported", 4, "The results support it", "done", "good", 0]
status: ["test", "unclear", 6, "The results do not decide it", "done", "mixed", 0]
file: ["agree.md", "e2daee7fce9599d723dd56ed40a6b2cc6a1c0545", 1]
file: ["kids.md", "2370d69496c4fc3d8260ade1b41f68bf1ad2ef72", 1]
file: ["more.md", "4713594d7f1883df2c19f1f89af212cda3828c8f", 1]
file: ["notes/page.md", "a3ca163dbc1a3138eba86eaa8c1e75c5e378393e", 0]
file: ["p07.md", "bc8ef0155cc99ce41568a64de3f60fc0e7105734", 1]
file: ["p08.md", "a2ff4f3c89a3162fa9eba2e2fa5397568cc8f3b8", 1]
file: ["quick.md", "b24a978a68621037e1117d3549ccf87c0f729431", 1]
file: ["ticket.md", "1ab32bb8797098095e1bc97d0144f3eb9b4bbd78", 1]
file: ["try.md", "28a29fe7bc06676f89bdf3d09094e25a6bccee87", 1]
file: ["vote.md", "3b84936b3932f98c81554bc66ef00380e3440d56", 1]
