import PatchbaySDK

/// How somebody wants the portal to behave for them. What was never chosen has its default.
public struct Preferences: Sendable, Equatable {
    /// When a new message is heard.
    public enum Tone: String, Sendable, CaseIterable {
        case always
        /// Only while no tab of the portal is looked at.
        case hidden
        case never
    }

    /// How much room rows take.
    public enum Density: String, Sendable, CaseIterable {
        case comfortable, compact
    }

    /// What is answered for somebody who isn't there.
    public struct Away: Sendable, Equatable {
        /// Whether it is answered now.
        public var isOn = false
        /// What is answered, at most `mostCharacters`.
        public var text = ""

        /// The longest away message, in Unicode scalars.
        public static let mostCharacters = 1_000
    }

    /// When a new message is heard.
    public var tone = Tone.always
    /// Whether the tab's title tells of new messages.
    public var flashesTitle = true
    /// Whether the browser shows notices of new messages.
    public var showsNotices = true
    /// Whether those notices keep the text to themselves.
    public var hidesText = false
    /// Whether a box with something new turns green.
    public var turnsGreen = true
    /// How long a message waits in case its author thinks better of it; 0 sends at once.
    public var undoSendSeconds = 0
    /// What is answered while they are away.
    public var away = Away()
    /// Whether single letters are keyboard shortcuts.
    public var letterKeys = true
    /// `auto` for the browser's, or a language that the portal speaks.
    public var language = "auto"
    /// How much room rows take.
    public var density = Density.comfortable

    /// Everything as it is before anybody chooses.
    public init() {}

    /// What `json` says, and the default for what it doesn't say or says in a way that isn't known here.
    public init(_ json: JSON) {
        tone = json["tone"]?.string.flatMap(Tone.init(rawValue:)) ?? tone
        flashesTitle = json["flashesTitle"]?.bool ?? flashesTitle
        showsNotices = json["showsNotices"]?.bool ?? showsNotices
        hidesText = json["hidesText"]?.bool ?? hidesText
        turnsGreen = json["turnsGreen"]?.bool ?? turnsGreen
        undoSendSeconds = json["undoSendSeconds"]?.int ?? undoSendSeconds
        away.isOn = json["away"]?["isOn"]?.bool ?? away.isOn
        away.text = json["away"]?["text"]?.string ?? away.text
        letterKeys = json["letterKeys"]?.bool ?? letterKeys
        language = json["language"]?.string ?? language
        density = json["density"]?.string.flatMap(Density.init(rawValue:)) ?? density
    }

    /// As the API shows it.
    public var json: JSON {
        [
            "tone": .string(tone.rawValue), "flashesTitle": .bool(flashesTitle), "showsNotices": .bool(showsNotices),
            "hidesText": .bool(hidesText), "turnsGreen": .bool(turnsGreen), "undoSendSeconds": .int(undoSendSeconds),
            "away": ["isOn": .bool(away.isOn), "text": .string(away.text)], "letterKeys": .bool(letterKeys),
            "language": .string(language), "density": .string(density.rawValue),
        ]
    }
}
