import PatchbaySDK

extension SMSMigrations {
    /// Opt-outs and consents become a ledger; who is stopped now follows from it.
    static let ledger = Migration("006-ledger") { db in
        try db.execute(
            sql: """
                CREATE TABLE smsLedger (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    domainId TEXT NOT NULL,
                    remote TEXT NOT NULL,
                    ourNumber TEXT, -- NULL: all numbers of the domain
                    deed TEXT NOT NULL CHECK (deed IN ('stop', 'start', 'consent-given', 'consent-withdrawn')),
                    source TEXT NOT NULL CHECK (source IN ('keyword', 'administrator')),
                    word TEXT NOT NULL,
                    messageId TEXT, -- the evidence
                    reason TEXT, -- why an administrator wrote it
                    addedBy TEXT, -- that administrator's name
                    at INTEGER NOT NULL
                );
                CREATE INDEX smsLedgerRemote ON smsLedger(domainId, remote, id);
                INSERT INTO smsLedger (domainId, remote, deed, source, word, reason, addedBy, at)
                    SELECT domainId, remote, iif(isAdded, 'stop', 'start'),
                        iif(changedBy IS NULL, 'keyword', 'administrator'), '', reason, changedBy, at
                    FROM smsOptOutChange AS change
                    WHERE NOT isAdded OR NOT EXISTS (SELECT 1 FROM smsOptOut AS entry WHERE
                        (entry.domainId, entry.remote, entry.at) = (change.domainId, change.remote, change.at))
                    ORDER BY id;
                INSERT INTO smsLedger (domainId, remote, ourNumber, deed, source, word, reason, addedBy, at)
                    SELECT domainId, remote, ourNumber, 'stop', iif(ourNumber IS NULL, 'administrator', 'keyword'),
                        word, reason, addedBy, at
                    FROM smsOptOut ORDER BY at, remote;
                CREATE TRIGGER smsLedgerIsNotChanged BEFORE UPDATE ON smsLedger BEGIN
                    SELECT RAISE(ABORT, 'the ledger is only added to');
                END;
                CREATE TRIGGER smsLedgerIsNotRemoved BEFORE DELETE ON smsLedger BEGIN
                    SELECT RAISE(ABORT, 'the ledger is only added to');
                END;

                CREATE TABLE smsStop (
                    domainId TEXT NOT NULL,
                    remote TEXT NOT NULL,
                    through TEXT NOT NULL, -- our number that may not write to it; empty: none of the domain may
                    ledgerId INTEGER NOT NULL REFERENCES smsLedger(id),
                    PRIMARY KEY (domainId, remote, through)
                ) WITHOUT ROWID;
                CREATE INDEX smsStopLedger ON smsStop(ledgerId);
                INSERT INTO smsStop (domainId, remote, through, ledgerId)
                    SELECT domainId, remote, '', max(smsLedger.id) FROM smsOptOut JOIN smsLedger USING (domainId, remote)
                    GROUP BY domainId, remote;
                DROP TABLE smsOptOut;
                DROP TABLE smsOptOutChange;
                """)
    }
}
