import PatchbaySDK

extension PluginRegistry {
    /// Lets the plugins that count messages note `deed`. One that throws has miscounted, which never costs the message.
    ///
    /// - Throws: `DatabaseError` when the store itself is at fault, such as a full disk: then nothing of the write stays.
    public func witness(_ deed: (any MessageWitness) throws -> Void) throws {
        for one in snapshot.witnesses {
            do { try deed(one.witness) } catch let fault as DatabaseError where Self.isOfTheStore(fault) {
                throw fault
            } catch {
                // The statement that failed may hold a text: its kind is enough.
                log.error("not counted", metadata: ["plugin": "\(one.id)", "error": "\(type(of: error))"])
            }
        }
    }

    private static func isOfTheStore(_ fault: DatabaseError) -> Bool {
        let own: [ResultCode] = [.SQLITE_CONSTRAINT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_TOOBIG]
        return !own.contains(fault.resultCode.primaryResultCode)
    }
}

/// What plugins that count may know of the whole.
struct PortalOversight: Oversight {
    let directory: DirectoryStore
    let gates: Gates

    func domains(of caller: Caller, in db: Database) throws -> [DomainRecord] {
        guard caller.scope == .siteManager || caller.scope.managesDomain else { return [] }
        let own = try directory.domain(caller.domain, in: db).map { [$0] } ?? []
        guard caller.scope.managesDomains else { return own }
        let others = try Row.fetchAll(
            db,
            sql: """
                SELECT id, name, region, timeZone FROM domain WHERE id <> ?1 AND (?2 OR resellerId = ?1) ORDER BY name, id
                """, arguments: [caller.domain, caller.scope == .superUser])
        return own
            + others.map {
                DomainRecord(id: $0["id"], name: $0["name"], region: $0["region"], timeZone: $0["timeZone"])
            }
    }

    func isInUse(_ feature: PluginID, in domain: DomainID, db: Database) throws -> Bool {
        try gates.isInUse(feature, in: domain, db)
    }

    func messages(after place: Int, upTo last: Int, limit: Int, in db: Database) throws -> [PlacedMessage] {
        try db.quickRows(Self.afterPlace, .integer(place), .integer(last), .integer(limit)) { row in
            PlacedMessage(
                place: row.integer(0), kind: ChannelKind(rawValue: row.text(1)),
                message: try StoredMessage(row, from: 2).message)
        }
    }

    private static let afterPlace = """
        SELECT messageKey.key, conversation.kind, \(StoredMessage.columns)
        FROM messageKey JOIN message USING (conversationId, sequence)
        JOIN conversation ON conversation.id = message.conversationId
        WHERE messageKey.key > ? AND messageKey.key <= ? ORDER BY messageKey.key LIMIT ?
        """

    func newestPlace(in db: Database) throws -> Int {
        try db.quickRow("SELECT max(key) FROM messageKey") { $0.integer(0) } ?? 0
    }

    func place(of message: MessageID, in db: Database) throws -> Int? {
        try db.quickRow("SELECT key FROM messageKey WHERE id = ?", .id(message)) { $0.integer(0) }
    }
}
