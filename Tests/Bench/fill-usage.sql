-- :messages texts of the last ninety days, fifty to a conversation, answered by forty-nine people, each through one of ten
-- numbers: days, numbers and people are the same whatever the number of messages, for the figures are kept by them.
BEGIN;
CREATE TEMP TABLE person AS SELECT row_number() OVER (ORDER BY extension) - 1 AS place, id, domainId FROM user;
UPDATE user SET scope = 'office-manager' WHERE extension = '1000';
CREATE TEMP TABLE line AS
    WITH RECURSIVE count(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM count WHERE n < 9)
    SELECT n AS place, '+1619555' || (1000 + n) AS number FROM count;
INSERT INTO number SELECT number, (SELECT domainId FROM person), 'Line ' || place, 'simulator', 0 FROM line;
INSERT INTO numberUser SELECT number, id, domainId FROM line JOIN person;
CREATE TEMP TABLE talk AS
    WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < :messages / 50)
    SELECT n, printf('%08x-0000-7000-8000-000000000000', n) AS conversationId, '+1415' || (2000000 + n) AS remote,
        (SELECT number FROM line WHERE place = n % 49 % 10) AS via, (SELECT id FROM person WHERE place = 1 + n % 49) AS answerer,
        (SELECT domainId FROM person) AS domainId
    FROM count;
INSERT INTO conversation (id, domainId, kind, key, remote, title, lastSequence, createdAt)
    SELECT conversationId, domainId, 'sms', remote, remote, NULL, 50, 0 FROM talk;
CREATE TEMP TABLE step AS
    WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 50) SELECT n FROM count;
INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId, state, reason,
        segments, createdAt)
    SELECT conversationId, step.n, printf('%08x-0000-7000-9000-%012x', step.n, talk.n), domainId,
        iif(step.n % 2, NULL, answerer), via, 'Is my order ready? I can come by at three.', NULL, NULL,
        CASE WHEN step.n % 2 THEN 'received' WHEN (step.n + talk.n) % 40 = 0 THEN 'failed' ELSE 'delivered' END,
        iif(step.n % 2 = 0 AND (step.n + talk.n) % 40 = 0, 'The number is not in service.', NULL), 1,
        unixepoch() * 1000 - 7776000000 + step.n * 155000000 + talk.n % 3600 * 1000
    FROM talk JOIN step ORDER BY conversationId, step.n;
INSERT INTO messageKey
    SELECT row_number() OVER (ORDER BY step.n, talk.n), printf('%08x-0000-7000-9000-%012x', step.n, talk.n),
        conversationId, step.n
    FROM talk JOIN step;
INSERT INTO meta SELECT 'searchIndexedUpTo', max(key) FROM messageKey WHERE true
    ON CONFLICT DO UPDATE SET value = excluded.value;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
