-- Everybody chats with everybody; every fiftieth conversation has 100 messages, the others :short each.
-- Keys go round the conversations, as messages do in life, so that a conversation's messages lie apart in time.
-- The search index is told that it is done: what is measured is reading, not indexing.
BEGIN;
DELETE FROM conversation;
CREATE TEMP TABLE pair AS
    SELECT row_number() OVER () AS place, a.id AS one, b.id AS two, a.domainId,
        printf('%08x-0000-7000-8000-%012x', a.rowid, b.rowid) AS conversationId,
        CASE WHEN row_number() OVER () % 50 = 0 THEN 100 ELSE :short END AS messages
    FROM user a JOIN user b ON a.rowid < b.rowid AND a.domainId = b.domainId
    WHERE a.extension < :last AND b.extension < :last;
INSERT INTO conversation
    SELECT conversationId, domainId, 'chat', min(one, two) || ' ' || max(one, two), NULL, NULL, messages, 1700000000000
    FROM pair;
CREATE TEMP TABLE step AS
    WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < 100) SELECT n FROM count;
INSERT INTO message (conversationId, sequence, id, domainId, authorId, via, text, attachments, clientId, state, reason,
        segments, createdAt)
    SELECT conversationId, n, printf('%08x-0000-7000-9000-%012x', n, place), domainId,
        CASE n % 2 WHEN 0 THEN one ELSE two END, NULL,
        substr('Could you look at the order of last week again? The customer says that two boxes were missing, and '
            || 'the driver has signed for all of them. I can call them back at three o''clock.', 1, 40 + place * n % 120),
        NULL, NULL, 'sent', NULL, 0, 1700000000000 + n * 1000000 + place
    FROM pair JOIN step ON n <= messages ORDER BY conversationId, n;
INSERT INTO messageKey
    SELECT row_number() OVER (ORDER BY n, place), printf('%08x-0000-7000-9000-%012x', n, place), conversationId, n
    FROM pair JOIN step ON n <= messages;
CREATE TEMP TABLE newest AS SELECT conversationId, max(key) AS key FROM messageKey GROUP BY conversationId;
INSERT INTO member (conversationId, userId, domainId, unread, readUpTo, lastSequence, activity)
    SELECT conversationId, person, domainId, place % 3, messages - place % 3, messages, key
    FROM (SELECT *, one AS person FROM pair UNION ALL SELECT *, two FROM pair) JOIN newest USING (conversationId)
    ORDER BY conversationId, person;
INSERT INTO meta SELECT 'searchIndexedUpTo', max(key) FROM messageKey WHERE true
    ON CONFLICT DO UPDATE SET value = excluded.value;
COMMIT;
ANALYZE;
PRAGMA wal_checkpoint(TRUNCATE);
