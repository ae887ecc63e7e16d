PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('core/001-events');
INSERT INTO grdb_migrations VALUES('core/001-directory');
INSERT INTO grdb_migrations VALUES('core/002-numbers');
INSERT INTO grdb_migrations VALUES('core/003-contacts');
INSERT INTO grdb_migrations VALUES('core/004-sessions');
INSERT INTO grdb_migrations VALUES('core/001-feature-switches');
INSERT INTO grdb_migrations VALUES('core/001-conversations');
INSERT INTO grdb_migrations VALUES('core/002-messages');
INSERT INTO grdb_migrations VALUES('core/003-attachments');
INSERT INTO grdb_migrations VALUES('core/004-automatic-messages');
INSERT INTO grdb_migrations VALUES('core/005-attachments-by-content');
INSERT INTO grdb_migrations VALUES('core/001-claims');
INSERT INTO grdb_migrations VALUES('core/002-undone-deletions');
INSERT INTO grdb_migrations VALUES('core/001-preferences');
INSERT INTO grdb_migrations VALUES('core/001-templates');
INSERT INTO grdb_migrations VALUES('core/001-away-notes');
INSERT INTO grdb_migrations VALUES('core/001-scheduled-messages');
INSERT INTO grdb_migrations VALUES('core/001-embed-tokens');
INSERT INTO grdb_migrations VALUES('core/001-calls');
INSERT INTO grdb_migrations VALUES('core/002-instances');
INSERT INTO grdb_migrations VALUES('sms/001-outbox');
INSERT INTO grdb_migrations VALUES('sms/002-inbound');
INSERT INTO grdb_migrations VALUES('sms/003-lane-heads');
INSERT INTO grdb_migrations VALUES('video/001-sessions');
INSERT INTO grdb_migrations VALUES('video/002-guest-links');
INSERT INTO grdb_migrations VALUES('simulator/001-phones');
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES('epoch','eb15a937');
INSERT INTO meta VALUES('readyAt','1795847711808');
CREATE TABLE event(
    offset INTEGER PRIMARY KEY,
    domainId TEXT NOT NULL,
    name TEXT NOT NULL,
    recipients TEXT NOT NULL, -- user ids with commas, or * for the whole domain
    body TEXT NOT NULL,
    publishedAt INTEGER NOT NULL
) STRICT;
CREATE TABLE domain (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> '' AND id = lower(id)),
    name TEXT NOT NULL CHECK (name <> ''),
    searchName TEXT NOT NULL,
    region TEXT NOT NULL CHECK (length(region) = 2),
    timeZone TEXT NOT NULL CHECK (timeZone <> ''),
    resellerId TEXT REFERENCES domain(id) ON DELETE SET NULL,
    createdAt INTEGER NOT NULL
, claimMinutes INTEGER NOT NULL DEFAULT 15
    CHECK (claimMinutes BETWEEN 1 AND 1440)) STRICT;
INSERT INTO domain VALUES('harbor.example','Harbor & Pine','harbor & pine','US','America/Los_Angeles',NULL,1795847710802,15);
INSERT INTO domain VALUES('timber.example','Timber & Sons','timber & sons','US','America/Denver',NULL,1795847710803,15);
CREATE TABLE user (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    extension TEXT NOT NULL CHECK (extension <> ''),
    fullName TEXT NOT NULL CHECK (fullName <> ''),
    searchName TEXT NOT NULL,
    email TEXT CHECK (email <> ''),
    scope TEXT NOT NULL CHECK (scope <> ''),
    passwordHash TEXT CHECK (passwordHash <> ''),
    isEnabled INTEGER NOT NULL DEFAULT 1 CHECK (isEnabled IN (0, 1)),
    createdAt INTEGER NOT NULL,
    lastSeenAt INTEGER,
    UNIQUE (domainId, extension),
    UNIQUE (id, domainId)
) STRICT;
INSERT INTO user VALUES('01a220dd-6854-75c7-abeb-56d725352322','harbor.example','1001','Ann Whitfield','ann whitfield','ann.whitfield@harbor.example','basic-user','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710804,1795847712421);
INSERT INTO user VALUES('01a220dd-6854-7d05-a8eb-677723e2e75b','harbor.example','1002','Ben Okafor','ben okafor','ben.okafor@harbor.example','basic-user','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710805,1795847713017);
INSERT INTO user VALUES('01a220dd-6855-7114-afe9-2a02d5626dca','harbor.example','1003','Cleo Marchetti','cleo marchetti','cleo.marchetti@harbor.example','basic-user','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710805,NULL);
INSERT INTO user VALUES('01a220dd-6855-7f25-8d9a-32bdb52bcd79','harbor.example','1004','Olga Lindqvist','olga lindqvist','olga.lindqvist@harbor.example','office-manager','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710805,NULL);
INSERT INTO user VALUES('01a220dd-6855-7e64-994b-65886411a465','harbor.example','1000','Root Admin','root admin','root.admin@harbor.example','super-user','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710805,NULL);
INSERT INTO user VALUES('01a220dd-6855-73c7-9eae-c1a9a6c14ba6','timber.example','2001','Theo Brandt','theo brandt','theo.brandt@timber.example','basic-user','scrypt$32768$8$1$DHF/AX7b7NnwpnmKCn2isg==$FVfv37Gz9x37IffeHHx9UvgSIH3WyyMMarzSMA2ByeM=',1,1795847710805,NULL);
CREATE TABLE number (
    number TEXT NOT NULL PRIMARY KEY CHECK (number GLOB '+[1-9]*'),
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    carrier TEXT CHECK (carrier <> ''),
    createdAt INTEGER NOT NULL,
    UNIQUE (number, domainId)
) STRICT;
INSERT INTO number VALUES('+16195550188','harbor.example','Front desk','simulator',1795847710811);
INSERT INTO number VALUES('+16195550123','harbor.example','Ann direct','simulator',1795847710813);
CREATE TABLE numberUser (
    number TEXT NOT NULL,
    userId TEXT NOT NULL,
    domainId TEXT NOT NULL,
    PRIMARY KEY (number, userId),
    FOREIGN KEY (number, domainId) REFERENCES number(number, domainId) ON DELETE CASCADE,
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO numberUser VALUES('+16195550123','01a220dd-6854-75c7-abeb-56d725352322','harbor.example');
INSERT INTO numberUser VALUES('+16195550188','01a220dd-6854-75c7-abeb-56d725352322','harbor.example');
INSERT INTO numberUser VALUES('+16195550188','01a220dd-6854-7d05-a8eb-677723e2e75b','harbor.example');
CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    ownerId TEXT,
    name TEXT NOT NULL CHECK (name <> ''),
    searchName TEXT NOT NULL,
    company TEXT NOT NULL,
    searchCompany TEXT NOT NULL,
    notes TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL,
    UNIQUE (id, domainId),
    FOREIGN KEY (ownerId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
INSERT INTO contact VALUES('01a220dd-6860-79ba-90ed-62901ced7617','harbor.example',NULL,'Bob Smith','bob smith','Smith Boats','smith boats','',1795847710816,1795847710816);
INSERT INTO contact VALUES('01a220dd-6860-75f1-86ea-63ab40e5f2e2','harbor.example',NULL,'Karen Adams','karen adams','','','',1795847710816,1795847710816);
INSERT INTO contact VALUES('01a220dd-712e-7d32-8db3-425a8566b86a','harbor.example','01a220dd-6854-75c7-abeb-56d725352322','Old Contact','old contact','','','',1795847713070,1795847713070);
CREATE TABLE contactEndpoint (
    contactId TEXT NOT NULL,
    domainId TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('number', 'email')),
    position INTEGER NOT NULL,
    label TEXT NOT NULL,
    value TEXT NOT NULL CHECK (value <> ''),
    PRIMARY KEY (contactId, kind, position),
    FOREIGN KEY (contactId, domainId) REFERENCES contact(id, domainId) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO contactEndpoint VALUES('01a220dd-6860-75f1-86ea-63ab40e5f2e2','harbor.example','number',0,'Home','+18585550133');
INSERT INTO contactEndpoint VALUES('01a220dd-6860-79ba-90ed-62901ced7617','harbor.example','number',0,'Mobile','+16195550142');
INSERT INTO contactEndpoint VALUES('01a220dd-6860-79ba-90ed-62901ced7617','harbor.example','number',1,'Work','+16195550143');
INSERT INTO contactEndpoint VALUES('01a220dd-712e-7d32-8db3-425a8566b86a','harbor.example','number',0,'Mobile','+16195550777');
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    tokenHash TEXT NOT NULL UNIQUE,
    userId TEXT NOT NULL,
    domainId TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    lastSeenAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL,
    userAgent TEXT NOT NULL,
    address TEXT NOT NULL,
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE signInAddress (
    userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    lastAt INTEGER NOT NULL,
    PRIMARY KEY (userId, address)
) STRICT, WITHOUT ROWID;
INSERT INTO signInAddress VALUES('01a220dd-6854-75c7-abeb-56d725352322','127.0.0.1',1795847712421);
INSERT INTO signInAddress VALUES('01a220dd-6854-7d05-a8eb-677723e2e75b','127.0.0.1',1795847713017);
CREATE TABLE apiToken (
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    tokenHash TEXT NOT NULL UNIQUE,
    userId TEXT NOT NULL,
    domainId TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    permissions TEXT NOT NULL CHECK (json_valid(permissions)),
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL,
    lastUsedAt INTEGER,
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE featureSwitch(
    plugin TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('system', 'domain', 'user', 'number')),
    subject TEXT NOT NULL, -- empty for the system, else the domain, the user or the number
    isOn INTEGER NOT NULL CHECK (isOn IN (0, 1)),
    PRIMARY KEY (plugin, level, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO featureSwitch VALUES('chat','domain','harbor.example',1);
INSERT INTO featureSwitch VALUES('chat','domain','timber.example',1);
INSERT INTO featureSwitch VALUES('chat','system','',1);
INSERT INTO featureSwitch VALUES('sms','domain','harbor.example',1);
INSERT INTO featureSwitch VALUES('sms','domain','timber.example',1);
INSERT INTO featureSwitch VALUES('sms','number','+16195550123',1);
INSERT INTO featureSwitch VALUES('sms','number','+16195550188',1);
INSERT INTO featureSwitch VALUES('sms','system','',1);
CREATE TABLE conversation(
    id TEXT PRIMARY KEY,
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL, -- the outside number, the two users of a chat, or a group's own id
    remote TEXT,
    title TEXT,
    lastSequence INTEGER NOT NULL DEFAULT 0,
    createdAt INTEGER NOT NULL,
    UNIQUE (domainId, kind, key)
) STRICT;
INSERT INTO conversation VALUES('01a220dd-7102-7ce1-a130-e5236831163c','harbor.example','chat','01a220dd-6854-75c7-abeb-56d725352322 01a220dd-6854-7d05-a8eb-677723e2e75b',NULL,NULL,6,1795847713026);
INSERT INTO conversation VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18','harbor.example','sms','+16195559001','+16195559001',NULL,2,1795847713050);
CREATE TABLE member(
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    domainId TEXT NOT NULL,
    unread INTEGER NOT NULL DEFAULT 0,
    readUpTo INTEGER NOT NULL DEFAULT 0,
    lastSequence INTEGER NOT NULL DEFAULT 0,
    activity INTEGER NOT NULL DEFAULT 0, -- the key of the newest message: sorts the inbox
    isMuted INTEGER NOT NULL DEFAULT 0,
    isHidden INTEGER NOT NULL DEFAULT 0,
    hiddenUpTo INTEGER NOT NULL DEFAULT 0, -- deleted for this user up to there
    fromNumber TEXT,
    PRIMARY KEY (conversationId, userId)
) STRICT, WITHOUT ROWID;
INSERT INTO member VALUES('01a220dd-7102-7ce1-a130-e5236831163c','01a220dd-6854-75c7-abeb-56d725352322','harbor.example',1,5,6,6,0,0,0,NULL);
INSERT INTO member VALUES('01a220dd-7102-7ce1-a130-e5236831163c','01a220dd-6854-7d05-a8eb-677723e2e75b','harbor.example',0,6,6,6,0,0,0,NULL);
INSERT INTO member VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18','01a220dd-6854-75c7-abeb-56d725352322','harbor.example',0,2,2,8,0,0,0,'+16195550188');
INSERT INTO member VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18','01a220dd-6854-7d05-a8eb-677723e2e75b','harbor.example',0,0,2,8,0,0,0,NULL);
CREATE TABLE conversationNumber(
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    lastSequence INTEGER NOT NULL,
    activity INTEGER NOT NULL,
    PRIMARY KEY (conversationId, number)
) STRICT, WITHOUT ROWID;
INSERT INTO conversationNumber VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18','+16195550188',2,8);
CREATE TABLE message(
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    id TEXT NOT NULL,
    domainId TEXT NOT NULL,
    authorId TEXT,
    via TEXT,
    text TEXT NOT NULL,
    attachments TEXT,
    clientId TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    segments INTEGER NOT NULL,
    createdAt INTEGER NOT NULL, isAutomatic INTEGER NOT NULL DEFAULT 0 CHECK (isAutomatic IN (0, 1)),
    PRIMARY KEY (conversationId, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',1,'01a220dd-7104-77cf-b876-f8924b2b92ef','harbor.example','01a220dd-6854-75c7-abeb-56d725352322',NULL,'Before the upgrade 0',NULL,'756ce2803c22a830','sent',NULL,0,1795847713029,0);
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',2,'01a220dd-7107-74ee-9ac4-1dfb9f530e96','harbor.example','01a220dd-6854-7d05-a8eb-677723e2e75b',NULL,'Answer 0',NULL,'e369fbb179f9f46e','sent',NULL,0,1795847713031,0);
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',3,'01a220dd-7108-7906-beea-66b088764b27','harbor.example','01a220dd-6854-75c7-abeb-56d725352322',NULL,'Before the upgrade 1',NULL,'3c29ca2c7dc36d03','sent',NULL,0,1795847713033,0);
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',4,'01a220dd-710a-742e-b312-a250b3b91fae','harbor.example','01a220dd-6854-7d05-a8eb-677723e2e75b',NULL,'Answer 1',NULL,'1ff1ff4967a3e399','sent',NULL,0,1795847713034,0);
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',5,'01a220dd-710e-7cc8-b71c-444866f67f52','harbor.example','01a220dd-6854-75c7-abeb-56d725352322',NULL,'Before the upgrade 2',NULL,'04856ba347bde8a9','sent',NULL,0,1795847713038,0);
INSERT INTO message VALUES('01a220dd-7102-7ce1-a130-e5236831163c',6,'01a220dd-7115-7f3a-86f1-ae8c2af80a2d','harbor.example','01a220dd-6854-7d05-a8eb-677723e2e75b',NULL,'Answer 2',NULL,'4a55366a69256219','sent',NULL,0,1795847713046,0);
INSERT INTO message VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18',1,'01a220dd-711d-7556-b8b8-4bb79769246e','harbor.example','01a220dd-6854-75c7-abeb-56d725352322','+16195550188','Your order 0 is ready',NULL,'484c1eacacd3d6da','accepted',NULL,1,1795847713055,0);
INSERT INTO message VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18',2,'01a220dd-712a-7dff-ba38-a3901cb93a44','harbor.example','01a220dd-6854-75c7-abeb-56d725352322','+16195550188','Your order 1 is ready',NULL,'9f15caee683d575c','accepted',NULL,1,1795847713067,0);
CREATE TABLE messageKey(
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    conversationId TEXT NOT NULL,
    sequence INTEGER NOT NULL
) STRICT;
INSERT INTO messageKey VALUES(1,'01a220dd-7104-77cf-b876-f8924b2b92ef','01a220dd-7102-7ce1-a130-e5236831163c',1);
INSERT INTO messageKey VALUES(2,'01a220dd-7107-74ee-9ac4-1dfb9f530e96','01a220dd-7102-7ce1-a130-e5236831163c',2);
INSERT INTO messageKey VALUES(3,'01a220dd-7108-7906-beea-66b088764b27','01a220dd-7102-7ce1-a130-e5236831163c',3);
INSERT INTO messageKey VALUES(4,'01a220dd-710a-742e-b312-a250b3b91fae','01a220dd-7102-7ce1-a130-e5236831163c',4);
INSERT INTO messageKey VALUES(5,'01a220dd-710e-7cc8-b71c-444866f67f52','01a220dd-7102-7ce1-a130-e5236831163c',5);
INSERT INTO messageKey VALUES(6,'01a220dd-7115-7f3a-86f1-ae8c2af80a2d','01a220dd-7102-7ce1-a130-e5236831163c',6);
INSERT INTO messageKey VALUES(7,'01a220dd-711d-7556-b8b8-4bb79769246e','01a220dd-711a-7f44-ab30-6f68f4130f18',1);
INSERT INTO messageKey VALUES(8,'01a220dd-712a-7dff-ba38-a3901cb93a44','01a220dd-711a-7f44-ab30-6f68f4130f18',2);
CREATE TABLE messageHidden(
    userId TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    conversationId TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (userId, conversationId, sequence)
) STRICT, WITHOUT ROWID;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','messageSearch','messageSearch',0,'CREATE VIRTUAL TABLE messageSearch USING fts5(
    text, scope, content='''', prefix=''3'', tokenize="unicode61 remove_diacritics 2"
)');
CREATE TABLE IF NOT EXISTS 'messageSearch_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO messageSearch_data VALUES(1,X'');
INSERT INTO messageSearch_data VALUES(10,X'00000000000000');
CREATE TABLE IF NOT EXISTS 'messageSearch_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'messageSearch_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'messageSearch_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO messageSearch_config VALUES('version',4);
CREATE TABLE attachment(
    id TEXT PRIMARY KEY,
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    userId TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    mediaType TEXT NOT NULL,
    sizeInBytes INTEGER NOT NULL,
    createdAt INTEGER NOT NULL
) STRICT;
CREATE TABLE attachmentUse(
    attachmentId TEXT NOT NULL REFERENCES attachment(id) ON DELETE CASCADE,
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (attachmentId, conversationId, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE conversationClaim(
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    number TEXT NOT NULL,
    userId TEXT NOT NULL,
    domainId TEXT NOT NULL,
    expiresAt INTEGER NOT NULL,
    toldAt INTEGER NOT NULL, -- the expiry that people's browsers know
    PRIMARY KEY (conversationId, number),
    FOREIGN KEY (number, userId) REFERENCES numberUser(number, userId) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO conversationClaim VALUES('01a220dd-711a-7f44-ab30-6f68f4130f18','+16195550188','01a220dd-6854-75c7-abeb-56d725352322','harbor.example',1795848613067,1795848613056);
CREATE TABLE memberBefore(
    conversationId TEXT NOT NULL,
    userId TEXT NOT NULL,
    unread INTEGER NOT NULL,
    readUpTo INTEGER NOT NULL,
    hiddenUpTo INTEGER NOT NULL,
    PRIMARY KEY (conversationId, userId),
    FOREIGN KEY (conversationId, userId) REFERENCES member(conversationId, userId) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE preference(
    userId TEXT NOT NULL PRIMARY KEY,
    domainId TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    isAway INTEGER NOT NULL CHECK (isAway IN (0, 1)), -- what body says, for every inbound message
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE template(
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    domainId TEXT NOT NULL REFERENCES domain(id) ON DELETE CASCADE,
    ownerId TEXT, -- NULL: the domain's
    name TEXT NOT NULL CHECK (name <> ''),
    searchName TEXT NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    FOREIGN KEY (ownerId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE awayNote(
    userId TEXT NOT NULL,
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    domainId TEXT NOT NULL,
    number TEXT, -- ours that was written to; NULL for a chat
    notedAt INTEGER NOT NULL,
    isDue INTEGER NOT NULL CHECK (isDue IN (0, 1)),
    PRIMARY KEY (userId, conversationId),
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE scheduledMessage(
    id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    domainId TEXT NOT NULL,
    userId TEXT NOT NULL,
    conversationId TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
    clientId TEXT NOT NULL,
    text TEXT NOT NULL,
    fromNumber TEXT,
    attachments TEXT NOT NULL CHECK (json_valid(attachments)),
    sendAt INTEGER NOT NULL,
    nextAt INTEGER NOT NULL, -- sendAt, or the next try after a passing obstacle
    state TEXT NOT NULL CHECK (state IN ('waiting', 'refused', 'sent')),
    reason TEXT,
    createdAt INTEGER NOT NULL,
    UNIQUE (userId, clientId),
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE embedToken( -- each is good once; kept until it would be refused anyway
    issuer TEXT NOT NULL,
    id TEXT NOT NULL,
    expiresAt INTEGER NOT NULL,
    PRIMARY KEY (issuer, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE call(
    id TEXT PRIMARY KEY,
    domainId TEXT NOT NULL,
    userId TEXT NOT NULL,
    clientId TEXT NOT NULL, -- one press of the button is one call
    plugin TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('number', 'extension')),
    destination TEXT NOT NULL,
    name TEXT,
    otherUserId TEXT,
    contactId TEXT,
    state TEXT NOT NULL
        CHECK (state IN ('ringing', 'connecting', 'talking', 'ended', 'failed', 'cancelled')),
    failure TEXT,
    startedAt INTEGER NOT NULL,
    answeredAt INTEGER,
    endedAt INTEGER, instance INTEGER NOT NULL DEFAULT 0,
    UNIQUE (userId, clientId),
    CHECK ((endedAt IS NULL) = (state IN ('ringing', 'connecting', 'talking'))),
    CHECK ((failure IS NOT NULL) = (state = 'failed')),
    FOREIGN KEY (userId, domainId) REFERENCES user(id, domainId) ON DELETE CASCADE
) STRICT;
CREATE TABLE deniedCalls(
    domainId TEXT PRIMARY KEY REFERENCES domain(id) ON DELETE CASCADE,
    patterns TEXT NOT NULL CHECK (json_valid(patterns))
) STRICT;
CREATE TABLE smsOutbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    domainId TEXT NOT NULL,
    messageId TEXT NOT NULL,
    authorId TEXT,
    part INTEGER NOT NULL CHECK (part >= 1),
    parts INTEGER NOT NULL CHECK (parts >= part),
    carrier TEXT NOT NULL,
    fromNumber TEXT NOT NULL,
    remote TEXT NOT NULL,
    text TEXT NOT NULL,
    encoding TEXT NOT NULL CHECK (encoding IN ('gsm7', 'ucs2')),
    reference INTEGER NOT NULL CHECK (reference BETWEEN 0 AND 255),
    state TEXT NOT NULL
        CHECK (state IN ('queued', 'submitting', 'accepted', 'sent', 'delivered', 'failed')),
    attempt INTEGER NOT NULL DEFAULT 0,
    attemptLimit INTEGER NOT NULL,
    notBeforeAt INTEGER NOT NULL,
    carrierMessageId TEXT,
    lastReason TEXT,
    createdAt INTEGER NOT NULL,
    changedAt INTEGER NOT NULL,
    UNIQUE (messageId, part)
);
INSERT INTO smsOutbox VALUES(1,'harbor.example','01a220dd-711d-7556-b8b8-4bb79769246e','01a220dd-6854-75c7-abeb-56d725352322',1,1,'simulator','+16195550188','+16195559001','Your order 0 is ready','gsm7',0,'accepted',1,8,0,'simulator-01a220dd-711d-7556-b8b8-4bb79769246e-1',NULL,1795847713055,1795847713178);
INSERT INTO smsOutbox VALUES(2,'harbor.example','01a220dd-712a-7dff-ba38-a3901cb93a44','01a220dd-6854-75c7-abeb-56d725352322',1,1,'simulator','+16195550188','+16195559001','Your order 1 is ready','gsm7',1,'accepted',1,8,0,'simulator-01a220dd-712a-7dff-ba38-a3901cb93a44-1',NULL,1795847713067,1795847713275);
CREATE TABLE smsLane (
    carrier TEXT NOT NULL,
    domainId TEXT NOT NULL,
    remote TEXT NOT NULL,
    headId INTEGER NOT NULL REFERENCES smsOutbox(id),
    nextAt INTEGER NOT NULL,
    isBusy INTEGER NOT NULL DEFAULT 0 CHECK (isBusy IN (0, 1)),
    PRIMARY KEY (carrier, domainId, remote)
) WITHOUT ROWID;
CREATE TABLE smsDelivery (
    id INTEGER PRIMARY KEY,
    domainId TEXT NOT NULL,
    messageId TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL
);
INSERT INTO smsDelivery VALUES(1,'harbor.example','01a220dd-711d-7556-b8b8-4bb79769246e','pending',NULL,0,1795847713056);
INSERT INTO smsDelivery VALUES(2,'harbor.example','01a220dd-712a-7dff-ba38-a3901cb93a44','pending',NULL,0,1795847713067);
INSERT INTO smsDelivery VALUES(3,'harbor.example','01a220dd-711d-7556-b8b8-4bb79769246e','accepted',NULL,1,1795847713179);
INSERT INTO smsDelivery VALUES(4,'harbor.example','01a220dd-712a-7dff-ba38-a3901cb93a44','accepted',NULL,1,1795847713275);
CREATE TABLE smsDeadLetter (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    domainId TEXT NOT NULL,
    messageId TEXT NOT NULL UNIQUE,
    reason TEXT,
    attempts INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE TABLE smsInbound (
    carrier TEXT NOT NULL,
    carrierMessageId TEXT NOT NULL,
    domainId TEXT,
    messageId TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (carrier, carrierMessageId)
) WITHOUT ROWID;
CREATE TABLE smsUnroutable (
    carrier TEXT NOT NULL,
    carrierMessageId TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (carrier, carrierMessageId)
) WITHOUT ROWID;
CREATE TABLE smsOptOut (
    domainId TEXT NOT NULL,
    remote TEXT NOT NULL,
    ourNumber TEXT,
    word TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (domainId, remote)
) WITHOUT ROWID;
CREATE TABLE videoSession (
    id TEXT PRIMARY KEY,
    domainId TEXT NOT NULL,
    conversationId TEXT NOT NULL,
    startedBy TEXT NOT NULL,
    startedAt INTEGER NOT NULL,
    ringsUntilAt INTEGER NOT NULL,
    endedAt INTEGER
) STRICT;
CREATE TABLE videoPerson (
    sessionId TEXT NOT NULL REFERENCES videoSession(id) ON DELETE CASCADE,
    domainId TEXT NOT NULL,
    person TEXT NOT NULL, -- a user's id, or "guest-" and the guest's peer
    guestName TEXT, -- of guests only
    state TEXT NOT NULL
        CHECK (state IN ('invited', 'joined', 'declined', 'missed', 'left')),
    peer TEXT, -- the browser window that takes part
    seenAt INTEGER NOT NULL,
    PRIMARY KEY (sessionId, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE videoGuestLink (
    id TEXT PRIMARY KEY,
    domainId TEXT NOT NULL,
    conversationId TEXT NOT NULL,
    madeBy TEXT NOT NULL,
    tokenHash TEXT NOT NULL UNIQUE,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
) STRICT;
CREATE TABLE simulatorMessage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    domainId TEXT NOT NULL,
    phone TEXT NOT NULL,
    ours TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('toPhone', 'fromPhone')),
    text TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL
);
INSERT INTO simulatorMessage VALUES(1,'harbor.example','+16195559001','+16195550188','toPhone','Your order 0 is ready','01a220dd-711d-7556-b8b8-4bb79769246e/1',1795847713175);
INSERT INTO simulatorMessage VALUES(2,'harbor.example','+16195559001','+16195550188','toPhone','Your order 1 is ready','01a220dd-712a-7dff-ba38-a3901cb93a44/1',1795847713274);
CREATE TABLE simulatorSubmit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    messageId TEXT NOT NULL,
    part INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL
);
INSERT INTO simulatorSubmit VALUES(1,'01a220dd-711d-7556-b8b8-4bb79769246e',1,1,'accepted',1795847713175);
INSERT INTO simulatorSubmit VALUES(2,'01a220dd-712a-7dff-ba38-a3901cb93a44',1,1,'accepted',1795847713274);
CREATE TABLE simulatorReceipt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    messageId TEXT NOT NULL,
    part INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'delivered', 'failed')),
    reason TEXT,
    dueAt INTEGER NOT NULL
);
INSERT INTO simulatorReceipt VALUES(1,'01a220dd-711d-7556-b8b8-4bb79769246e',1,'sent',NULL,1795847713575);
INSERT INTO simulatorReceipt VALUES(2,'01a220dd-711d-7556-b8b8-4bb79769246e',1,'delivered',NULL,1795847713975);
INSERT INTO simulatorReceipt VALUES(3,'01a220dd-712a-7dff-ba38-a3901cb93a44',1,'sent',NULL,1795847713674);
INSERT INTO simulatorReceipt VALUES(4,'01a220dd-712a-7dff-ba38-a3901cb93a44',1,'delivered',NULL,1795847714074);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('smsOutbox',2);
INSERT INTO sqlite_sequence VALUES('simulatorSubmit',2);
INSERT INTO sqlite_sequence VALUES('simulatorReceipt',4);
INSERT INTO sqlite_sequence VALUES('simulatorMessage',2);
CREATE INDEX domainByName ON domain(searchName, id);
CREATE INDEX domainByReseller ON domain(resellerId) WHERE resellerId IS NOT NULL;
CREATE UNIQUE INDEX userByEmail ON user(email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE INDEX userByName ON user(domainId, searchName, id);
CREATE INDEX numberByDomain ON number(domainId, number);
CREATE INDEX numberUserByUser ON numberUser(userId, number);
CREATE INDEX contactByName ON contact(domainId, searchName, id);
CREATE INDEX contactByOwner ON contact(ownerId) WHERE ownerId IS NOT NULL;
CREATE INDEX contactEndpointByValue ON contactEndpoint(domainId, value);
CREATE INDEX sessionByUser ON session(userId);
CREATE INDEX sessionByExpiry ON session(expiresAt);
CREATE INDEX apiTokenByUser ON apiToken(userId);
CREATE INDEX memberInbox ON member(userId, isHidden, activity DESC);
CREATE INDEX memberUnread ON member(userId, activity DESC) WHERE unread > 0 AND isHidden = 0;
CREATE INDEX conversationNumberByNumber ON conversationNumber(number);
CREATE UNIQUE INDEX messageByClient ON message(authorId, clientId) WHERE clientId IS NOT NULL;
CREATE INDEX attachmentByContent ON attachment(sha256);
CREATE INDEX conversationClaimByExpiry ON conversationClaim(expiresAt);
CREATE INDEX conversationClaimByUser ON conversationClaim(number, userId);
CREATE INDEX preferenceAway ON preference(domainId, userId) WHERE isAway = 1;
CREATE UNIQUE INDEX templateByName ON template(domainId, ifnull(ownerId, ''), searchName);
CREATE INDEX templateByOwner ON template(ownerId) WHERE ownerId IS NOT NULL;
CREATE INDEX awayNoteDue ON awayNote(notedAt) WHERE isDue = 1;
CREATE INDEX awayNoteByConversation ON awayNote(conversationId);
CREATE INDEX scheduledMessageDue ON scheduledMessage(nextAt, id) WHERE state = 'waiting';
CREATE INDEX scheduledMessageByUser ON scheduledMessage(userId, sendAt, id) WHERE state <> 'sent';
CREATE INDEX scheduledMessageByConversation ON scheduledMessage(conversationId);
CREATE INDEX embedTokenByExpiry ON embedToken(expiresAt);
CREATE INDEX callByUser ON call(domainId, userId, id DESC);
CREATE INDEX callByDestination ON call(domainId, userId, destination, id DESC);
CREATE INDEX callUnderWay ON call(plugin, startedAt) WHERE endedAt IS NULL;
CREATE INDEX smsOutboxQueued ON smsOutbox(carrier, domainId, remote, notBeforeAt, id)
    WHERE state = 'queued';
CREATE INDEX smsOutboxSubmitting ON smsOutbox(id) WHERE state = 'submitting';
CREATE INDEX smsOutboxAuthor ON smsOutbox(domainId, authorId, createdAt) WHERE part = 1;
CREATE INDEX smsLaneDue ON smsLane(carrier, nextAt, headId) WHERE isBusy = 0;
CREATE INDEX smsDeliveryMessage ON smsDelivery(domainId, messageId, id);
CREATE INDEX smsDeadLetterDomain ON smsDeadLetter(domainId, id);
CREATE INDEX smsLaneHead ON smsLane(headId);
CREATE UNIQUE INDEX videoSessionOpen ON videoSession(domainId, conversationId)
    WHERE endedAt IS NULL;
CREATE INDEX videoSessionConversation ON videoSession(domainId, conversationId, startedAt);
CREATE INDEX videoPersonJoined ON videoPerson(seenAt) WHERE state = 'joined';
CREATE INDEX videoPersonInvited ON videoPerson(sessionId) WHERE state = 'invited';
CREATE INDEX videoGuestLinkConversation ON videoGuestLink(domainId, conversationId, expiresAt);
CREATE INDEX simulatorMessagePhone ON simulatorMessage(domainId, phone, id);
CREATE INDEX simulatorReceiptDue ON simulatorReceipt(dueAt, id);
CREATE INDEX simulatorReceiptMessage ON simulatorReceipt(messageId, id);
PRAGMA writable_schema=OFF;
COMMIT;
