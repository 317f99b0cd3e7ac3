-- Views that name what the tables' ids stand for. "quote" is the evidence, null where texts are not kept.

CREATE VIEW names AS
SELECT doc_id, map(list(id), list(name)) AS name
FROM (SELECT doc_id, id, name FROM organisations UNION ALL SELECT doc_id, id, name FROM people)
GROUP BY doc_id;

CREATE VIEW named_grants AS
SELECT g.doc_id, g.id, d.published, d.title,
       [n.name[party] FOR party IN g.funders] AS funders,
       [n.name[party] FOR party IN g.recipients] AS recipients,
       g.amount.value AS value, g.amount.upper AS upper, g.amount.currency AS currency, g.amount.modifier AS modifier,
       g.status, g.programme, g.project, g.duration, g.confidence,
       substr(d.text, g.evidence[1]."start" + 1, g.evidence[1]."end" - g.evidence[1]."start") AS quote
FROM grants g JOIN documents d USING (doc_id) LEFT JOIN names n USING (doc_id);

CREATE VIEW named_roles AS
SELECT r.doc_id, r.id, d.published, n.name[r.person] AS person, r.title, n.name[r.organisation] AS organisation,
       r.confidence,
       substr(d.text, r.evidence."start" + 1, r.evidence."end" - r.evidence."start") AS quote
FROM roles r JOIN documents d USING (doc_id) LEFT JOIN names n USING (doc_id);
