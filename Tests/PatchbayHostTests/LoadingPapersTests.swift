import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// How manifest.json and plugin.json are read.
@Suite struct LoadingPapersTests {
    @Test("A manifest's relative paths are seen from its folder")
    func relativePathsAreSeenFromTheManifest() async throws {
        let installation = try await LoadingInstallation()
        let text = """
            {"store": "data/a.sqlite", "listen": {"host": "127.0.0.1", "port": 8443},
             "publicURL": "https://portal.example", "tls": {"certificate": "/etc/a.pem", "key": "key.pem"},
             "plugins": [{"id": "sms", "folder": "../plugins/sms", "version": ">=1.0 <2.0", "enabled": "always"}]}
            """
        try installation.write("manifest.json", text.utf8)

        let manifest = try Manifest(readingFrom: installation.manifestPath)

        let folder = installation.folder.path
        #expect(manifest.store == folder + "/data/a.sqlite")
        #expect(manifest.listen.host == "127.0.0.1")
        #expect(manifest.listen.port == 8443)
        #expect(manifest.publicURL == "https://portal.example")
        #expect(manifest.tls?.certificate == "/etc/a.pem")
        #expect(manifest.tls?.key == folder + "/key.pem")
        let entry = try #require(manifest.plugins.first?.entry)
        #expect(entry.folder == installation.folder.deletingLastPathComponent().path + "/plugins/sms")
        #expect(entry.enabled.runs)
    }

    @Test("A plugin.json is read whole")
    func descriptionIsReadWhole() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe(
            "video-invite",
            [
                "requires": [["id": "chat", "version": ">=1.2 <2.0"]], "after": ["sms"],
                "provides": ["SendCheck"],
                "permissions": [["id": "video-invite.use", "title": "Invite", "scopes": ["basic-user", "reseller"]]],
                "gates": [
                    "levels": ["system", "user", "number"], "defaults": ["user": "off"], "numberFeature": "sms",
                ],
                "slots": [["slot": "composer", "module": "button.js", "element": "video-invite-button"]],
                "outboundHosts": ["api.example:8443", ["$setting": "url"]],
                "settings": ["type": "object", "properties": ["url": ["type": "string"]]],
            ])

        let description = try PluginDescription(readingFrom: installation.folder.path + "/video-invite")

        #expect(description.library == "VideoInvite")
        #expect(description.requires.first?.version.contains(Version(major: 1, minor: 9)) == true)
        #expect(description.after.map(\.rawValue) == ["sms"])
        #expect(description.provides == [.sendCheck])
        #expect(description.permissions.first?.scopes == [.basicUser, .reseller])
        #expect(description.gates?.levels == [.system, .user, .number])
        #expect(description.gates?.onByDefault == [.system, .number])
        #expect(description.gates?.numberFeature == .sms)
        #expect(description.slots.first?.element == "video-invite-button")
        let addresses = description.outboundAddresses(with: Settings(["url": "http://[::1]:13013/cgi-bin/sendsms"]))
        #expect(addresses.allSatisfy { !$0.mayBePrivate })
        #expect(Set(addresses.map(\.description)) == ["api.example:8443", "::1:13013"])
    }

    @Test(
        "A version is in a range or not",
        arguments: [
            (">=1.0 <2.0", "1.0.0", true), (">=1.0 <2.0", "1.99.3", true), (">=1.0 <2.0", "2.0.0", false),
            ("1.4.2", "1.4.2", true), ("1.4.2", "1.4.3", false), ("=1", "1.0.0", true), (">1.0", "1.0.0", false),
            ("<=1.4", "1.4.0", true), ("<=1.4", "1.4.1", false), (">=1.9", "1.10.0", true),
        ])
    func versionIsInRange(range: String, version: String, isInside: Bool) throws {
        let range = try #require(VersionRange(range))
        let version = try #require(Version(version))

        #expect(range.contains(version) == isInside)
    }

    @Test("What is no range is none", arguments: ["", "~1.0", ">=", "1.0.0.0", ">=1.x", "> 1.0", "1..2", "+1"])
    func noRangeIsNone(text: String) { #expect(VersionRange(text) == nil) }

    @Test("Plugins start after what they require and, if they can, after what they wish to follow")
    func plansTheOrderOfStarting() async throws {
        try await LoadingDiary.$current.withValue(LoadingDiary()) {
            let installation = try await LoadingInstallation()
            try installation.describe("leaning", ["requires": [["id": "working"]], "after": ["absent"]])
            try installation.describe("working", WorkingPlugin.settings.with(["after": ["plain", "leaning"]]))
            try installation.describe("plain")
            try installation.list(["leaning", "working", "plain"].map { Papers.entry($0) })

            let registry = await installation.started(
                TypesInProcess(LeaningPlugin.self, WorkingPlugin.self, PlainPlugin.self))

            // "working" wishes to follow "leaning", which requires it: the wish gives way.
            #expect(LoadingDiary.current.lines.filter { $0.hasPrefix("init") } == ["init Hello", "init leaning"])
            #expect(registry.running.map(\.id.rawValue) == ["leaning", "working", "plain"])
            await registry.shutdown()
        }
    }
}
