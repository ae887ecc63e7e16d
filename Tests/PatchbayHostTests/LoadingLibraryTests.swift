import Crypto
import Foundation
import PatchbayHost
import PatchbaySDK
import Testing

/// Plugins from real dynamic libraries.
@Suite struct LoadingLibraryTests {
    @Test("A4: a library beside the program is loaded, its tables made, its routes there and its settings read")
    func libraryIsLoaded() async throws {
        let installation = try await LoadingInstallation()
        try installation.describe("good", Papers.good)
        try installation.list([Papers.entry("good", ["settings": ["greeting": ["$env": "GREETING"]]])])

        let registry = await installation.started(environment: ["GREETING": "Ahoy"])

        let good = try #require(registry.running.first)
        let answer = try await good.routes[0].handle(PluginRequest(method: "GET", path: "greeting"))
        #expect(String(decoding: answer.body, as: UTF8.self) == "Ahoy")
        #expect(registry.permission(Permission(rawValue: "good.use")) == [.basicUser])
        #expect(try installation.store.readNow { try $0.tableExists("goodGreeting") })
        await registry.shutdown()
    }

    @Test("The plugin's own folder is looked through before the program's, and the digest may be given")
    func ownFolderComesFirst() async throws {
        let installation = try await LoadingInstallation()
        let bytes = try Data(contentsOf: URL(filePath: LibraryLoader.executableFolder + "/libGoodPlugin.so"))
        try installation.write("good/libOwnGood.so", bytes)
        try installation.describe("good", Papers.good.with(["library": "OwnGood"]))
        let digest = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        try installation.list([Papers.entry("good", ["sha256": .string(digest)])])

        let statuses = PluginSurvey(of: try Manifest(readingFrom: installation.manifestPath))
            .statuses(at: installation.clock.now)

        #expect(statuses.map(\.state) == [.running], "\(statuses.map(\.line))")
    }

    @Test("A library that was replaced while its code is loaded asks for a restart")
    func replacedLibraryAsksForRestart() async throws {
        let installation = try await LoadingInstallation()
        let bytes = try Data(contentsOf: URL(filePath: LibraryLoader.executableFolder + "/libStampOnlyPlugin.so"))
        try installation.write("bad/libReplaced.so", bytes)
        try installation.describe("bad", ["library": "Replaced"])
        try installation.list([Papers.entry("bad")])
        let survey = PluginSurvey(of: try Manifest(readingFrom: installation.manifestPath))
        #expect(survey.statuses(at: installation.clock.now).first?.reasonID == "plugin.stamp-missing")

        // A new file in its place, as an installer does it: writing into a library that is in use would crash.
        try installation.write("bad/new.so", bytes + [0])
        let folder = installation.folder.path + "/bad"
        #expect(rename(folder + "/new.so", folder + "/libReplaced.so") == 0)

        #expect(survey.statuses(at: installation.clock.now).first?.reasonID == "plugin.restart-needed")
    }

    @Test("Secrets come from the environment and from files, and are read as the setting's type")
    func secretsAreLookedUp() async throws {
        let installation = try await LoadingInstallation()
        let settings = FaultyPlugin.settings([
            "greeting": ["type": "string"], "pin": ["type": "integer", "writeOnly": true],
            "peers": ["type": "array", "items": ["type": "string"]],
        ])
        try installation.describe("good", Papers.good.with(settings))
        try installation.write("secrets/greeting", "Ahoy\n".utf8)
        let written: JSON = [
            "greeting": ["$file": "secrets/greeting"], "pin": ["$env": "PIN"], "peers": ["a", ["$env": "PEER"]],
        ]
        try installation.list([Papers.entry("good", ["settings": written])])

        let registry = await installation.started(environment: ["PIN": "1234", "PEER": "5678"])

        let read = try #require(registry.running.first?.settings.json)
        #expect(read == ["greeting": "Ahoy", "pin": 1234, "peers": ["a", "5678"]])
        await registry.shutdown()
    }

    @Test("The shipped manifest and the shipped plugins' papers are in order")
    func shippedPapersAreInOrder() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()

        let manifest = try Manifest(readingFrom: root.appending(path: "manifest.json").path)
        let descriptions = try manifest.plugins.map { try PluginDescription(readingFrom: #require($0.entry).folder) }

        #expect(descriptions.map(\.id.rawValue) == ["sms", "chat", "video", "usage", "simulator", "kannel", "email"])
        #expect(manifest.store == root.appending(path: ".run/patchbay.sqlite").path)
    }
}
