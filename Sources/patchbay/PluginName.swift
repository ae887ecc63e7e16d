import PatchbaySDK

/// The name of a new plugin, in all the spellings that its files need.
struct PluginName: Equatable {
    /// `call-notes`: the id, in paths, permissions, events and elements.
    let id: String

    /// - Throws: `PortalError.invalid` (`plugin.name-invalid`) for a text that can't be an id.
    init(_ id: String) throws(PortalError) {
        guard id.count <= 40, id.wholeMatch(of: /[a-z][a-z0-9]*(-[a-z0-9]+)*/) != nil else {
            throw PortalError(
                .invalid, id: "plugin.name-invalid",
                "“\(id)” can't be a plugin's id. Use lower-case letters, digits and hyphens, such as call-notes.")
        }
        self.id = id
    }

    private var words: [Substring] { id.split(separator: "-") }

    /// `CallNotes`: the library, the module and the beginning of type names.
    var capitalised: String { words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined() }

    /// `callNotes`: the beginning of tables and members.
    var member: String { String(words[0]) + capitalised.dropFirst(words[0].count) }

    /// `call_notes`: the C doorway.
    var symbol: String { words.joined(separator: "_") }

    /// `Call notes`: what people read.
    var title: String { id.prefix(1).uppercased() + id.dropFirst().replacing("-", with: " ") }

    /// `text` of the template, with the template's name in every spelling replaced by this one.
    func replacingHello(in text: String) -> String {
        text
            .replacing("\"name\": \"Hello\"", with: "\"name\": \"\(title)\"")
            .replacing("patchbay_hello_", with: "patchbay_\(symbol)_")
            // Simple boundaries: Unicode's own take hello.use for one word.
            .replacing(/\bhello(?=[A-Z])/.wordBoundaryKind(.simple), with: member)
            .replacing(/\bhello\b/.wordBoundaryKind(.simple), with: id)
            .replacing("Hello", with: capitalised)
    }
}
