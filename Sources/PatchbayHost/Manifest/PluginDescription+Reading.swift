import Foundation
import PatchbaySDK

extension PluginDescription {
    /// Names of the portal's own API, which a plugin's routes would hide.
    static let reservedIDs: Set<String> = [
        "admin", "attachments", "contacts", "conversations", "core", "domain", "events", "gate", "numbers", "openapi",
        "password", "people", "plugin", "plugins", "portal", "recipients", "search", "session", "sessions", "system",
        "tokens",
    ]

    /// Reads the `plugin.json` in `folder`.
    ///
    /// - Throws: `Decline` naming file, place and mend.
    public init(readingFrom folder: String) throws(Decline) {
        let file = try CheckedFile(at: folder + "/plugin.json", by: PublishedSchemas.plugin)
        if let fault = file.faults.first { throw file.decline(for: fault) }
        let json = file.json
        guard let id = json["id"]?.string, let version = json["version"]?.string.flatMap({ Version($0) }),
            let sdk = json["sdk"]?.string.flatMap({ Version($0) })
        else { throw file.decline(at: "/version", because: "it must be a version") }
        self.id = PluginID(rawValue: id)
        self.version = version
        self.sdk = sdk
        self.folder = folder
        name = json["name"]?.string ?? id
        summary = json["description"]?.string ?? ""
        library = json["library"]?.string ?? Self.defaultLibrary(for: id)
        requires = try Self.requirements(json, of: file)
        after = json.strings("after").map { PluginID(rawValue: $0) }
        provides = Set(json.strings("provides").compactMap(Capability.init(rawValue:)))
        permissions = json.list("permissions").map(Self.permission)
        gates = json["gates"].map { Self.gates($0, title: json["name"]?.string ?? id) }
        events = json.strings("events")
        slots = json.list("slots").map { slot in
            Slot(
                slot: slot["slot"]?.string ?? "", module: slot["module"]?.string ?? "",
                element: slot["element"]?.string ?? "",
                permission: slot["permission"]?.string.map(Permission.init(rawValue:)))
        }
        outboundHosts = json.list("outboundHosts").compactMap { host in
            host.string.map(OutboundHost.named) ?? host["$setting"]?.string.map(OutboundHost.setting)
        }
        settings = json["settings"] ?? ["type": "object", "properties": [:]]
        documentation = json["documentation"]?.string
        try checkNames(of: file)
        try SettingsSchemaCheck(schema: settings, file: file).run()
    }

    /// `video-invite` is in `libVideoInvite.so`.
    private static func defaultLibrary(for id: String) -> String {
        id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func requirements(_ json: JSON, of file: CheckedFile) throws(Decline) -> [Requirement] {
        var requirements: [Requirement] = []
        for (index, required) in json.list("requires").enumerated() {
            guard let id = required["id"]?.string,
                let range = required["version"].map({ VersionRange($0.string ?? "") }) ?? .any
            else { throw file.decline(at: "/requires/\(index)/version", because: "it must be a range of versions") }
            requirements.append(Requirement(id: PluginID(rawValue: id), version: range))
        }
        return requirements
    }

    private static func permission(_ json: JSON) -> DeclaredPermission {
        DeclaredPermission(
            id: Permission(rawValue: json["id"]?.string ?? ""), title: json["title"]?.string ?? "",
            scopes: Set(json.strings("scopes").compactMap(Scope.init(rawValue:))))
    }

    private static func gates(_ json: JSON, title: String) -> GateRules {
        let levels = Set(json.strings("levels").compactMap(GateLevel.init(rawValue:)))
        return GateRules(
            title: title, levels: levels,
            onByDefault: levels.filter { json["defaults"]?[$0.rawValue]?.string != "off" },
            numberFeature: json["numberFeature"]?.string.map(NumberFeature.init(rawValue:)))
    }

    /// What the JSON Schema can't say: whose names are whose.
    private func checkNames(of file: CheckedFile) throws(Decline) {
        guard !Self.reservedIDs.contains(id.rawValue) else {
            throw Decline(
                id: "plugin.id-reserved", "\(file.name) takes the id “\(id)”, which is the portal's own.",
                mend: "Give the plugin another id.")
        }
        for (index, permission) in permissions.enumerated() where !permission.id.rawValue.hasPrefix("\(id).") {
            throw file.decline(at: "/permissions/\(index)/id", because: "it must begin with “\(id).”")
        }
        for (index, slot) in slots.enumerated() where !slot.element.hasPrefix("\(id)-") {
            throw file.decline(at: "/slots/\(index)/element", because: "it must begin with “\(id)-”")
        }
        for (index, host) in outboundHosts.enumerated() {
            guard case .setting(let key) = host, settings["properties"]?[key] == nil else { continue }
            throw file.decline(at: "/outboundHosts/\(index)", because: "there is no setting “\(key)”")
        }
        if let gates, gates.numberFeature != nil, !gates.levels.contains(.number) {
            throw file.decline(at: "/gates/numberFeature", because: "it needs the level “number” in /gates/levels")
        }
    }
}

extension JSON {
    fileprivate func list(_ key: String) -> [JSON] { self[key]?.array ?? [] }
    fileprivate func strings(_ key: String) -> [String] { list(key).compactMap(\.string) }
}
