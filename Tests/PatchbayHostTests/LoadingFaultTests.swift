import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// A plugin that can't be used, and what is said about it.
struct FaultyPlugin: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var id = "bad"
    var entry: JSON = [:]
    /// What is in `plugin.json`; `nil` when there is none.
    var file: [UInt8]?
    let decline: String
    /// A part of the sentence that names the place.
    let naming: String

    /// Faulty by what it says in `plugin.json`.
    init(
        _ name: String, id: String = "bad", says changes: JSON = [:], entry: JSON = [:], _ decline: String,
        naming: String
    ) {
        self.init(
            name, id: id, file: Papers.description(of: id, changes).utf8, entry: entry, decline, naming: naming)
    }

    /// Faulty by the bytes of `plugin.json`.
    init(
        _ name: String, id: String = "bad", file: [UInt8]?, entry: JSON = [:], _ decline: String, naming: String
    ) {
        testDescription = name
        self.id = id
        self.file = file
        self.entry = entry
        self.decline = decline
        self.naming = naming
    }

    static func settings(_ properties: JSON, required: JSON = []) -> JSON {
        ["settings": ["type": "object", "properties": properties, "required": required]]
    }

    static let unreadableFiles: [FaultyPlugin] = [
        .init("no plugin.json", file: nil, "file.missing", naming: "bad/plugin.json"),
        .init("empty plugin.json", file: [], "file.not-json", naming: "bad/plugin.json"),
        .init("cut-off plugin.json", file: Array(#"{"id": "bad", "#.utf8), "file.not-json", naming: "line 1"),
        .init("trailing comma", file: Array("{\n\"id\": \"bad\",\n}".utf8), "file.not-json", naming: "line 3"),
        .init("key twice", file: Array(#"{"id": "bad", "id": "bad"}"#.utf8), "file.not-json", naming: "occurs twice"),
        .init("invalid UTF-8", file: Array(#"{"id": ""#.utf8) + [0xFF, 0x22, 0x7D], "file.not-json", naming: "UTF-8"),
        .init("100 levels deep", file: Array(repeating: 0x5B, count: 100), "file.not-json", naming: "64 levels"),
        .init("2 MiB of spaces", file: Array(repeating: 0x20, count: 2 << 20), "file.too-large", naming: "1 MiB"),
        .init("an array", file: Array("[]".utf8), "file.invalid", naming: "the top level"),
    ]

    static let wrongMembers: [FaultyPlugin] = [
        .init("unknown key", says: ["colour": "red"], "file.unknown-key", naming: "/colour"),
        .init(
            "unknown key inside", says: ["gates": ["levels": [], "level": "user"]], "file.unknown-key",
            naming: "/gates/level"),
        .init("no version", says: ["version": .null], "file.invalid", naming: "\"version\" is missing"),
        .init("version of two numbers", says: ["version": "1.0"], "file.invalid", naming: "/version"),
        .init("id in capitals", says: ["id": "Bad"], "file.invalid", naming: "/id"),
        .init("unknown power", says: ["provides": ["Telepathy"]], "file.invalid", naming: "/provides/0"),
        .init("library with a path", says: ["library": "../Bad"], "file.invalid", naming: "/library"),
        .init(
            "somebody else's permission", says: ["permissions": [["id": "sms.use", "title": "Text", "scopes": []]]],
            "file.invalid", naming: "/permissions/0/id"),
        .init(
            "somebody else's element", says: ["slots": [["slot": "nav", "module": "a.js", "element": "chat-a"]]],
            "file.invalid", naming: "/slots/0/element"),
        .init(
            "module outside its folder",
            says: ["slots": [["slot": "nav", "module": "../a.js", "element": "bad-a"]]], "file.invalid",
            naming: "/slots/0/module"),
        .init(
            "number feature without its level", says: ["gates": ["levels": ["user"], "numberFeature": "sms"]],
            "file.invalid", naming: "/gates/numberFeature"),
        .init(
            "host of no setting", says: ["outboundHosts": [["$setting": "url"]]], "file.invalid",
            naming: "/outboundHosts/0"),
        .init("the portal's own id", id: "admin", "plugin.id-reserved", naming: "“admin”"),
        .init("another id", says: ["id": "good-too"], "plugin.id-differs", naming: "“good-too”"),
        .init("next SDK", says: ["sdk": "2.0"], "plugin.sdk-mismatch", naming: "SDK 2.0"),
        .init("later SDK", says: ["sdk": "1.9"], "plugin.sdk-mismatch", naming: "SDK 1.9"),
    ]

    static let wrongSettings: [FaultyPlugin] = [
        .init(
            "keyword outside the subset", says: settings(["a": ["$ref": "#/b"]]), "file.unknown-key",
            naming: "/settings/properties/a/$ref"),
        .init(
            "pattern that is none", says: settings(["a": ["type": "string", "pattern": "("]]), "file.invalid",
            naming: "/settings/properties/a/pattern"),
        .init(
            "default of the wrong type", says: settings(["a": ["type": "integer", "default": "x"]]), "file.invalid",
            naming: "/settings/properties/a/default"),
        .init(
            "requirement of no setting", says: settings([:], required: ["a"]), "file.invalid",
            naming: "/settings/required"),
        .init("setting it doesn't have", entry: ["settings": ["a": 1]], "settings.unknown-key", naming: "/a"),
        .init(
            "setting of the wrong type", says: settings(["a": ["type": "integer"]]), entry: ["settings": ["a": "1"]],
            "settings.invalid", naming: "/a: must be integer"),
        .init(
            "setting missing", says: settings(["a": ["type": "integer"]], required: ["a"]), "settings.invalid",
            naming: "\"a\" is missing"),
        .init(
            "secret in the manifest", says: settings(["a": ["type": "string", "writeOnly": true]]),
            entry: ["settings": ["a": "s3cret"]], "settings.secret-in-manifest", naming: "/a"),
        .init(
            "secret inside the manifest",
            says: settings(["a": ["type": "object", "properties": ["b": ["type": "string", "writeOnly": true]]]]),
            entry: ["settings": ["a": ["b": "s3cret"]]], "settings.secret-in-manifest", naming: "/a/b"),
        .init(
            "environment variable not set", says: settings(["a": ["type": "string", "writeOnly": true]]),
            entry: ["settings": ["a": ["$env": "NO_SUCH_SECRET"]]], "settings.env-missing", naming: "NO_SUCH_SECRET"),
        .init(
            "secret file missing", says: settings(["a": ["type": "string", "writeOnly": true]]),
            entry: ["settings": ["a": ["$file": "secrets/none"]]], "settings.file-missing", naming: "secrets/none"),
    ]

    static let wrongEntries: [FaultyPlugin] = [
        .init("entry with an unknown key", entry: ["colour": "red"], "file.unknown-key", naming: "/plugins/1/colour"),
        .init("entry without folder", entry: ["folder": .null], "file.invalid", naming: "\"folder\" is missing"),
        .init("entry half on", entry: ["enabled": "maybe"], "file.invalid", naming: "/plugins/1/enabled"),
        .init("range that is none", entry: ["version": "~1.0"], "file.invalid", naming: "/plugins/1/version"),
        .init("version out of range", entry: ["version": ">=2.0"], "plugin.version-out-of-range", naming: ">=2.0"),
        .init("digest that is none", entry: ["sha256": "abc"], "file.invalid", naming: "/plugins/1/sha256"),
        .init("requires what isn't there", says: requires("fax"), "plugin.requirement-missing", naming: "“fax”"),
        .init("requires another version", says: requires("good", ">=2.0"), "plugin.requirement-version", naming: "2.0"),
        .init("requires itself", says: requires("bad"), "plugin.requires-cycle", naming: "“bad” requires “bad”"),
    ]

    static let wrongLibraries: [FaultyPlugin] = [
        .init("no library", says: ["library": "NoSuch"], "plugin.library-missing", naming: "libNoSuch.so"),
        .init("text for a library", says: ["library": "Text"], "plugin.library-unusable", naming: "libText.so"),
        .init(
            "another digest", says: ["library": "GoodPlugin"],
            entry: ["sha256": .string(String(repeating: "0", count: 64))], "plugin.digest-differs",
            naming: "libGoodPlugin.so"),
        .init(
            "wrong stamp", id: "wrong-stamp", says: ["library": "WrongStampPlugin"], "plugin.stamp-differs",
            naming: "patchbay-sdk 0.1; clang 3.4"),
        .init(
            "no stamp", says: ["library": "GoodPlugin"], "plugin.stamp-missing", naming: "patchbay_bad_stamp"),
        .init(
            "no doorway", id: "stamp-only", says: ["library": "StampOnlyPlugin"], "plugin.doorway-missing",
            naming: "patchbay_stamp_only_plugin"),
        .init(
            "type of another id", id: "wrong-id", says: ["library": "WrongIDPlugin"], "plugin.type-differs",
            naming: "somebody-else"),
        .init(
            "promises too much", id: "throwing", says: throwing("never").with(["provides": ["SMSCarrier"]]),
            "plugin.provides-differ", naming: "SMSCarrier"),
        .init(
            "init that throws", id: "throwing", says: throwing("init"), "plugin.init-failed", naming: "The moon"),
    ]

    private static func requires(_ id: JSON, _ version: JSON = ">=1.0") -> JSON {
        ["requires": [["id": id, "version": version]]]
    }

    static func throwing(_ place: JSON) -> JSON {
        settings(["throwsIn": ["type": "string", "default": place]]).with(["library": "ThrowingPlugin"])
    }
}

@Suite struct LoadingFaultTests {
    @Test(
        "F33: a faulty plugin is declined with its own sentence, and the others run",
        arguments: FaultyPlugin.unreadableFiles + FaultyPlugin.wrongMembers + FaultyPlugin.wrongSettings
            + FaultyPlugin.wrongEntries + FaultyPlugin.wrongLibraries)
    func faultyPluginIsDeclined(_ faulty: FaultyPlugin) async throws {
        let installation = try await LoadingInstallation()
        try installation.describe("good", Papers.good)
        if let file = faulty.file { try installation.write("\(faulty.id)/plugin.json", file) }
        try installation.write("\(faulty.id)/libText.so", "This is no library.".utf8)
        try installation.list([Papers.entry("good"), Papers.entry(faulty.id, faulty.entry)])

        let registry = await installation.started()

        let status = try #require(registry.status(faulty.id))
        #expect(status.state == .declined)
        #expect(status.reasonID == faulty.decline)
        #expect(status.reason?.contains(faulty.naming) == true, "\(status.reason ?? "")")
        #expect(status.mend?.isEmpty == false)
        #expect(status.line.contains("s3cret") == false)
        #expect(registry.status("good")?.state == .running)
        await registry.shutdown()
    }

    @Test("A4: of two entries with one id the first runs and the second is declined")
    func duplicateIDIsDeclined() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe("good", Papers.good)
        try installation.list([Papers.entry("good"), Papers.entry("good")])

        let registry = await installation.started()

        #expect(registry.statuses.map(\.state) == [.running, .declined])
        #expect(registry.statuses.last?.reasonID == "plugin.duplicate-id")
        await registry.shutdown()
    }

    @Test("A4: plugins that require each other in a circle are declined, with those that need them")
    func circleOfRequirementsIsDeclined() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe("good", Papers.good)
        try installation.describe("a", ["requires": [["id": "b"]]])
        try installation.describe("b", ["requires": [["id": "c"]]])
        try installation.describe("c", ["requires": [["id": "a"]]])
        try installation.describe("d", ["requires": [["id": "a"]]])
        try installation.list(["d", "a", "good", "b", "c"].map { Papers.entry($0) })

        let registry = await installation.started()

        #expect(registry.status("a")?.reason?.hasSuffix("“a” requires “b” requires “c” requires “a”.") == true)
        #expect(["a", "b", "c"].allSatisfy { registry.status($0)?.reasonID == "plugin.requires-cycle" })
        #expect(registry.status("d")?.reasonID == "plugin.requirement-declined")
        #expect(registry.running.map(\.id.rawValue) == ["good"])
        await registry.shutdown()
    }

    @Test(
        "A manifest that can't be used is refused with file, place and mend",
        arguments: [
            ("{", "file.not-json", "line 1"),
            (#"{"store": "a", "listen": {"host": "::", "port": 1}}"#, "file.invalid", "\"plugins\" is missing"),
            (#"{"store": "a", "listen": {"host": "::", "port": 1}, "plugins": [], "x": 1}"#, "file.unknown-key", "/x"),
            (
                #"{"store": "a", "listen": {"host": "::", "port": 70000}, "plugins": []}"#, "file.invalid",
                "/listen/port"
            ),
            (#"{"store": "a", "listen": {"host": "::", "port": 1}, "plugins": {}}"#, "file.invalid", "/plugins"),
            (
                #"{"store": "a", "listen": {"host": "::", "port": 1}, "plugins": [], "publicURL": "ftp://a"}"#,
                "file.invalid", "/publicURL"
            ),
        ])
    func unusableManifestIsRefused(text: String, id: String, naming: String) async throws {
        let installation = try await LoadingInstallation()
        try installation.write("manifest.json", text.utf8)

        let decline = #expect(throws: Decline.self) { try Manifest(readingFrom: installation.manifestPath) }

        #expect(decline?.id == id)
        #expect(decline?.reason.contains("manifest.json") == true)
        #expect(decline?.reason.contains(naming) == true, "\(decline?.reason ?? "")")
        #expect(decline?.mend.isEmpty == false)
    }
}
