import PatchbaySDK

/// Our numbers: `.acmeDesk` (Alice, Bob), `.aliceDirect` (Alice), `.globexDesk` (Eve), all with SMS through the
/// carrier `simulator`.
public struct TestNumbers: Numbers {
    private let store: TestStore

    init(store: TestStore) { self.store = store }

    /// The number's record; `nil` when the test hasn't put it in.
    public func record(of number: PhoneNumber, in db: Database) throws -> NumberRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM number WHERE number = ?", arguments: [number]).map(NumberRecord.init)
    }

    /// Whether the test has given the number `feature`.
    public func has(_ feature: NumberFeature, _ number: PhoneNumber, in db: Database) throws -> Bool {
        guard feature == .sms else { return false }
        return try Bool.fetchOne(db, sql: "SELECT hasSMS FROM number WHERE number = ?", arguments: [number]) ?? false
    }

    /// The numbers that the test has assigned to `user` and that have `feature`, by label.
    public func assigned(to user: UserID, with feature: NumberFeature, in db: Database) throws -> [NumberRecord] {
        guard feature == .sms else { return [] }
        return try Row.fetchAll(
            db,
            sql: """
                SELECT number.* FROM numberUser JOIN number USING (number)
                WHERE numberUser.userId = ? AND hasSMS ORDER BY label
                """,
            arguments: [user]
        ).map(NumberRecord.init)
    }

    /// The users to whom the test has assigned the number.
    public func users(of number: PhoneNumber, in db: Database) throws -> [UserID] {
        try UserID.fetchAll(
            db, sql: "SELECT userId FROM numberUser WHERE number = ? ORDER BY userId", arguments: [number])
    }

    /// Adds a number of `domain`, carried by the plugin `carrier`, and gives it to `people`.
    public func add(
        _ number: PhoneNumber, of domain: DomainID, label: String, carrier: PluginID?, to people: [TestPerson]
    ) throws {
        try store.writeNow { db in
            try db.execute(
                sql: "INSERT INTO number (number, domainId, label, carrier) VALUES (?, ?, ?, ?)",
                arguments: [number, domain, label, carrier])
            for person in people {
                try db.execute(sql: "INSERT INTO numberUser VALUES (?, ?)", arguments: [number, person.id])
            }
        }
    }

    /// Lets the plugin `carrier` carry the messages of `number`, or nobody.
    public func setCarrier(_ carrier: PluginID?, of number: PhoneNumber) throws {
        try store.writeNow { db in
            try db.execute(sql: "UPDATE number SET carrier = ? WHERE number = ?", arguments: [carrier, number])
        }
    }

    /// Switches SMS on or off for `number`.
    public func setSMS(_ isOn: Bool, of number: PhoneNumber) throws {
        try store.writeNow { db in
            try db.execute(sql: "UPDATE number SET hasSMS = ? WHERE number = ?", arguments: [isOn, number])
        }
    }

    /// Takes `number` away from `person`.
    public func unassign(_ number: PhoneNumber, from person: TestPerson) throws {
        try store.writeNow { db in
            try db.execute(
                sql: "DELETE FROM numberUser WHERE number = ? AND userId = ?", arguments: [number, person.id])
        }
    }
}

extension NumberRecord {
    fileprivate init(_ row: Row) {
        self.init(number: row["number"], domain: row["domainId"], label: row["label"], carrier: row["carrier"])
    }
}
