import Foundation
import PatchbaySDK

/// Whom a user wants to call, as they say it.
public enum CallTarget: Sendable, Equatable {
    /// The other side of that conversation.
    case conversation(ConversationID)
    /// A colleague's extension, or a number in any spelling.
    case typed(String)
}

/// Finds out who is meant.
struct CallTargets: Sendable {
    let messaging: Messaging
    let contacts: ContactBook

    /// Who is called, with what the caller knows of them.
    struct Found: Equatable {
        let destination: CallDestination
        let name: String?
        let user: UserID?
        let contact: ContactID?
    }

    /// - Throws: `PortalError` `not-found`, `number.invalid`, `calls.group`, `calls.not-callable`, `calls.own-phone`,
    ///   `calls.denied` for an emergency number.
    func find(_ target: CallTarget, region: String, by caller: Caller, in db: Database) throws -> Found {
        let found: Found
        switch target {
        case .typed(let text):
            found = try self.typed(text.trimmingCharacters(in: .whitespacesAndNewlines), region, caller, db)
        case .conversation(let id):
            let conversation = try messaging.visible(id, to: caller, in: db)
            found = try conversation.remote.map { try remote($0, caller, db) } ?? colleague(in: id, caller, db)
        }
        guard found.user != caller.user else {
            throw PortalError(.invalid, id: "calls.own-phone", "That is your own extension; choose somebody else.")
        }
        return found
    }

    private func typed(_ text: String, _ region: String, _ caller: Caller, _ db: Database) throws -> Found {
        if let found = try person("extension = ?", text, caller, db) { return found }
        // Short, and no number that could exist: said in so many words, for somebody may be in a hurry.
        let digits = text.filter(\.isNumber)
        guard !Self.knownEverywhere.contains(digits), !PhoneNumber.isEmergency(digits, in: region) else {
            throw DeniedCalls.emergency
        }
        return try number(PhoneNumber(typed: text, region: region), caller, db)
    }

    private func remote(_ remote: String, _ caller: Caller, _ db: Database) throws -> Found {
        guard let number = PhoneNumber(e164: remote) else {
            throw PortalError(.invalid, id: "calls.not-callable", "\(remote) takes texts only; it can't be called.")
        }
        return try self.number(number, caller, db)
    }

    private func number(_ number: PhoneNumber, _ caller: Caller, _ db: Database) throws -> Found {
        let match = try contacts.match(number, for: caller, in: db)
        return Found(destination: .number(number), name: match?.name, user: nil, contact: match?.contact)
    }

    private func colleague(in chat: ConversationID, _ caller: Caller, _ db: Database) throws -> Found {
        let others = try UserID.fetchAll(
            db, sql: "SELECT userId FROM member WHERE domainId = ? AND conversationId = ? AND userId <> ? LIMIT 2",
            arguments: [caller.domain, chat, caller.user])
        guard others.count < 2 else {
            throw PortalError(.invalid, id: "calls.group", "A group can't be called; call one of its people.")
        }
        guard let other = others.first, let found = try person("id = ?", other.rawValue, caller, db) else {
            throw PortalError(.invalid, id: "calls.not-callable", "There is nobody else here who could be called.")
        }
        return found
    }

    private func person(_ condition: String, _ value: String, _ caller: Caller, _ db: Database) throws -> Found? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT id, extension, fullName FROM user WHERE domainId = ? AND isEnabled AND \(condition)",
            arguments: [caller.domain, value])
        return row.map {
            Found(destination: .extension($0["extension"]), name: $0["fullName"], user: $0["id"], contact: nil)
        }
    }

    /// What people dial in an emergency wherever they are, from television if not from school.
    private static let knownEverywhere: Set<String> = ["112", "911", "999"]
}
