import PatchbaySDK

/// The time zone that each domain's days were counted in, and whether that is still its own.
struct CountedZones: Sendable {
    let directory: any Directory

    /// Whether days of `domain` may be counted; keeps the zone of its first one.
    func isCurrent(_ domain: DomainID, in db: Database) throws -> Bool {
        guard let record = try directory.domain(domain, in: db) else { return true }
        guard let counted = try zone(of: domain, in: db) else {
            try db.execute(sql: "INSERT INTO usageZone VALUES (?, ?)", arguments: [domain, record.timeZone])
            return true
        }
        return counted == record.timeZone
    }

    /// Whether `domain` has been counted, and in another zone than its own.
    func hasMoved(_ domain: DomainRecord, in db: Database) throws -> Bool {
        try zone(of: domain.id, in: db).map { $0 != domain.timeZone } ?? false
    }

    /// The domains that have left the zone that they were counted in.
    func moved(in db: Database) throws -> [DomainID] {
        try DomainID.fetchAll(db, sql: "SELECT domainId FROM usageZone").filter { domain in
            try directory.domain(domain, in: db).map { try hasMoved($0, in: db) } ?? false
        }
    }

    private func zone(of domain: DomainID, in db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT timeZone FROM usageZone WHERE domainId = ?"), arguments: [domain])
    }
}
