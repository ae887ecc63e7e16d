import PatchbaySDK

/// What a `TemplateID` names.
public enum TemplateKind {}
/// A text that is kept to be sent again.
public typealias TemplateID = Identifier<TemplateKind>

/// A text that is kept to be sent again: somebody's own, or everybody's in the domain.
public struct MessageTemplate: Sendable, Equatable {
    /// Which one it is.
    public let id: TemplateID
    /// Whose it is; `nil` for the domain's.
    public let owner: UserID?
    /// What people call it.
    public let name: String
    /// What is sent; the browser fills `{first-name}`, `{name}` and `{my-name}`.
    public let text: String

    /// Whether everybody of the domain has it.
    public var isShared: Bool { owner == nil }

    static let columns = "id, ownerId, name, text"

    init(_ row: Row) {
        id = row["id"]
        owner = row["ownerId"]
        name = row["name"]
        text = row["text"]
    }

    /// As the API shows it. Whoever sees a template may change it, as with contacts.
    public var json: JSON {
        [
            "id": .string(id.rawValue), "name": .string(name), "text": .string(text), "isShared": .bool(isShared),
            "canEdit": true,
        ]
    }
}

/// What a template is to hold.
public struct TemplateDraft: Sendable, Equatable {
    /// What people call it: 1 to 100 characters on one line, once for each owner.
    public var name: String
    /// What is sent: 1 to `mostCharacters`.
    public var text: String
    /// Whether it is for everybody of the domain.
    public var isShared: Bool

    /// The longest text, in Unicode scalars: ten SMS of 153 characters.
    public static let mostCharacters = 1_530

    /// Takes what somebody typed; `TemplateBook` checks it.
    public init(name: String, text: String, isShared: Bool) {
        self.name = name
        self.text = text
        self.isShared = isShared
    }

    /// The draft with the blanks around the name taken off.
    ///
    /// - Throws: `PortalError.invalid` `templates.name-invalid`, `templates.text-invalid`.
    func checked() throws(PortalError) -> TemplateDraft {
        let line = try DirectoryRules.line(
            name, limit: 100, id: "templates.name-invalid", "A template's name has 1 to 100 characters on one line.")
        guard text.unicodeScalars.count <= Self.mostCharacters, !text.unicodeScalars.contains("\0"),
            text.contains(where: { !$0.isWhitespace })
        else {
            throw PortalError(
                .invalid, id: "templates.text-invalid",
                "A template's text has 1 to \(Self.mostCharacters) characters, as many as ten SMS hold.")
        }
        return TemplateDraft(name: line, text: text, isShared: isShared)
    }
}
