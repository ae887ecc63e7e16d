import PatchbaySDK

@testable import PatchbayHost

extension Office {
    func view(of id: ConversationID, for caller: Caller) throws -> ConversationView {
        try store.readNow { db in try messaging.view(of: id, for: caller, in: db) }
    }

    func claim(of id: ConversationID, for caller: Caller) throws -> Claim? { try view(of: id, for: caller).desk?.claim }

    func composer(of id: ConversationID, for caller: Caller) throws -> Composer {
        try store.readNow { db in try messaging.composer(of: id, for: caller, in: db) }
    }

    /// The texts of a conversation, oldest first.
    func texts(of id: ConversationID, for caller: Caller) throws -> [String] {
        try store.readNow { db in
            try messaging.page(of: id, .newest, limit: 50, for: caller, in: db).items.map(\.message.text)
        }
    }

    /// The bodies of all events of a name, as they are stored.
    func told(_ name: String) throws -> [JSON] {
        try store.readNow { db in
            try String.fetchAll(db, sql: "SELECT body FROM event WHERE name = ? ORDER BY offset", arguments: [name])
                .map { try JSON(parsing: $0) }
        }
    }
}
