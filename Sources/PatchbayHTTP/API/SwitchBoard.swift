import PatchbayHost
import PatchbaySDK

/// The feature switches, as administrators see and turn them.
struct SwitchBoard: Sendable {
    let portal: Portal

    /// What is switched explicitly for the system, the domain, its users and its numbers.
    func switches(of plugin: PluginID, domain: DomainID, in db: Database) throws -> [JSON] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT level, subject, isOn FROM featureSwitch WHERE plugin = :plugin AND (
                    level = 'system' OR level = 'domain' AND subject = :domain
                    OR level = 'user' AND subject IN (SELECT id FROM user WHERE domainId = :domain)
                    OR level = 'number' AND subject IN (SELECT number FROM number WHERE domainId = :domain))
                ORDER BY level, subject
                """,
            arguments: ["plugin": plugin, "domain": domain])
        return rows.map { row in
            let level: String = row["level"]
            let subject: String = row["subject"]
            return [
                "level": .string(level), "subject": .string(level == "system" ? "system" : subject),
                "isOn": .bool(row["isOn"]),
            ]
        }
    }

    /// Turns a switch, or with `nil` leaves it to the default, and tells everybody whom it concerns.
    ///
    /// - Throws: `PortalError.notFound` for a subject that isn't there or isn't the caller's to administer.
    func set(
        _ plugin: PluginID, _ level: GateLevel, _ subject: String, isOn: Bool?, by caller: Caller, in db: Database
    ) throws {
        let concerned = try domains(level, subject, administeredBy: caller, in: db)
        try Gates.setSwitch(plugin, level, subject: level == .system ? "" : subject, isOn: isOn, in: db)
        try portal.administrationNews.tell(.switches, of: level == .system ? nil : concerned.first, in: db)
        for domain in concerned {
            try portal.events.publish(Event("feature.changed", in: domain, to: .domain, [:]), in: db)
        }
    }

    private func domains(
        _ level: GateLevel, _ subject: String, administeredBy caller: Caller, in db: Database
    ) throws -> [DomainID] {
        switch level {
        case .plugin: throw PortalError.notFound("switch")
        case .system:
            guard subject == "system" else { throw PortalError.notFound("switch") }
            return try DomainID.fetchAll(db, sql: "SELECT id FROM domain")
        case .domain:
            return [try portal.directory.administered(DomainID(rawValue: subject), by: caller, in: db).id]
        case .user:
            return [try portal.directory.administered(UserID(rawValue: subject), by: caller, in: db).domain]
        case .number:
            guard let number = PhoneNumber(e164: subject), let record = try portal.numbers.record(of: number, in: db),
                try portal.directory.mayAdminister(caller, record.domain, in: db)
            else { throw PortalError.notFound("number") }
            return [record.domain]
        }
    }
}
