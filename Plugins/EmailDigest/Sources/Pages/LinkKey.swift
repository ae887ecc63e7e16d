import Foundation
import PatchbaySDK

/// The installation's own key for links, made once and kept in the store, so that links outlive a restart.
struct LinkKey: Sendable {
    let secret: [UInt8]
    /// When the plugin ran for the first time: what came before is told to nobody.
    let madeAt: Date

    static func load(_ context: PluginContext) async throws -> LinkKey {
        if let key = try await context.store.read({ db in try fetch(db) }) { return key }
        let secret = Data(context.cryptography.randomBytes(32)).base64EncodedString()
        let now = context.clock.now.milliseconds
        let made = try await context.store.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO emailKey VALUES (1, ?, ?)", arguments: [secret, now])
            return try fetch(db)
        }
        guard let made else { throw PortalError.notFound("key") }
        return made
    }

    private static func fetch(_ db: Database) throws -> LinkKey? {
        guard let row = try Row.fetchOne(db, sql: "SELECT secret, madeAt FROM emailKey"),
            let secret = Data(base64Encoded: row["secret"] as String)
        else { return nil }
        return LinkKey(secret: Array(secret), madeAt: Date(milliseconds: row["madeAt"]))
    }
}
