import Foundation
import PatchbaySDK

extension Conversation {
    init(_ row: Row) {
        self.init(
            id: row["id"], domain: row["domainId"], kind: ChannelKind(rawValue: row["kind"]), remote: row["remote"],
            title: row["title"])
    }
}

extension Message {
    init(_ row: Row) throws {
        let attachments = try JSON(parsing: row["attachments"] as String).array ?? []
        self.init(
            id: row["id"], conversation: row["conversationId"], domain: row["domainId"], sequence: row["sequence"],
            author: row["authorId"], via: row["via"], text: row["text"],
            attachments: attachments.compactMap(\.string).map(AttachmentID.init(rawValue:)), state: row["state"],
            reason: row["reason"], segments: row["segments"],
            createdAt: Date(timeIntervalSince1970: Double(row["createdAt"] as Int) / 1000), clientID: row["clientId"],
            isAutomatic: row["isAutomatic"],
            hold: (row["heldUntil"] as Int?).map { Hold(until: Date(milliseconds: $0), timeZone: row["heldIn"]) })
    }
}
