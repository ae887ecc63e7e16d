import Foundation

/// A typed id: the text of one kind of thing, which can't be mistaken for another kind's.
///
/// Ids of things that Patchbay makes are UUIDv7 (RFC 9562 §5.7) in lower case, so that they sort by time of making.
public struct Identifier<Kind>: Hashable, Sendable, Codable, CustomStringConvertible, RawRepresentable {
    /// The id as text.
    public let rawValue: String

    /// Takes any text; whether such a thing exists is the store's to say.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Makes a new UUIDv7 for the moment `now`.
    public init(at now: Date) { self.init(rawValue: UUID.version7(at: now).lowerCaseText) }

    /// Reads the id from a single text.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the id as a single text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The id as text.
    public var description: String { rawValue }
}

extension Identifier: DatabaseValueConvertible, StatementColumnConvertible {
    /// The id as text, for SQLite.
    public var databaseValue: DatabaseValue { rawValue.databaseValue }

    /// The id in a column; `nil` for a column that holds no text.
    public static func fromDatabaseValue(_ value: DatabaseValue) -> Identifier? {
        String.fromDatabaseValue(value).map { Identifier(rawValue: $0) }
    }

    /// Reads the id from a text column of a statement, without a detour.
    public init(sqliteStatement: SQLiteStatement, index: CInt) {
        self.init(rawValue: String(sqliteStatement: sqliteStatement, index: index))
    }
}

/// What a `DomainID` names.
public enum DomainKind {}
/// What a `UserID` names.
public enum UserKind {}
/// What a `ContactID` names.
public enum ContactKind {}
/// What a `ConversationID` names.
public enum ConversationKind {}
/// What a `MessageID` names.
public enum MessageKind {}
/// What an `AttachmentID` names.
public enum AttachmentKind {}
/// What a `CallID` names.
public enum CallKind {}
/// What a `PluginID` names.
public enum PluginKind {}

/// A tenant of this installation, such as `harbor-pine.example`.
public typealias DomainID = Identifier<DomainKind>
/// A person of a domain.
public typealias UserID = Identifier<UserKind>
/// An entry of a personal or a domain's address book.
public typealias ContactID = Identifier<ContactKind>
/// A conversation, by SMS or by chat.
public typealias ConversationID = Identifier<ConversationKind>
/// A message of a conversation. It is also the idempotency key towards a carrier.
public typealias MessageID = Identifier<MessageKind>
/// A file that was uploaded.
public typealias AttachmentID = Identifier<AttachmentKind>
/// A call that a user placed from the portal.
public typealias CallID = Identifier<CallKind>
/// A plugin: lower-case letters, digits and hyphens, such as `sms`.
public typealias PluginID = Identifier<PluginKind>

extension UUID {
    /// A UUID of version 7: 48 bits of Unix milliseconds, then random bits (RFC 9562 §5.7).
    static func version7(at now: Date) -> UUID {
        var bytes = UUID().uuid
        // Rounded as times are in the store: a Double's millisecond is often a hair less than a whole one.
        let milliseconds = UInt64(max(0, (now.timeIntervalSince1970 * 1000).rounded()))
        bytes.0 = UInt8(truncatingIfNeeded: milliseconds >> 40)
        bytes.1 = UInt8(truncatingIfNeeded: milliseconds >> 32)
        bytes.2 = UInt8(truncatingIfNeeded: milliseconds >> 24)
        bytes.3 = UInt8(truncatingIfNeeded: milliseconds >> 16)
        bytes.4 = UInt8(truncatingIfNeeded: milliseconds >> 8)
        bytes.5 = UInt8(truncatingIfNeeded: milliseconds)
        bytes.6 = (bytes.6 & 0x0F) | 0x70
        bytes.8 = (bytes.8 & 0x3F) | 0x80
        return UUID(uuid: bytes)
    }

    /// As RFC 9562 writes it; Foundation's `uuidString` is in capitals.
    fileprivate var lowerCaseText: String {
        String(unsafeUninitializedCapacity: 36) { text in
            var end = 0
            withUnsafeBytes(of: uuid) { bytes in
                for (index, byte) in bytes.enumerated() {
                    if index == 4 || index == 6 || index == 8 || index == 10 {
                        text[end] = UInt8(ascii: "-")
                        end += 1
                    }
                    text[end] = Self.hexDigit(byte >> 4)
                    text[end + 1] = Self.hexDigit(byte & 15)
                    end += 2
                }
            }
            return end
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
}
