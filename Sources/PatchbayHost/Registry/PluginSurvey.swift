import Foundation
import PatchbaySDK

/// What a manifest's papers come to, before any library is touched: who may start in which order, who is declined.
public struct PluginSurvey: Sendable {
    /// Every plugin of the manifest, in its order.
    public let ids: [PluginID]
    let ordered: [AdmittedPlugin]
    let declined: [PluginID: Decline]
    let descriptions: [PluginID: PluginDescription]
    /// As the file has it, without what administrators have changed.
    let manifest: Manifest
    /// What administrators have changed over it.
    let overrides: PluginOverrides
    let admission: Admission
    private let switchedOff: Set<PluginID>

    /// - Parameters:
    ///   - environment: Where `{"$env": …}` looks.
    ///   - overrides: What administrators have changed over the manifest.
    public init(
        of manifest: Manifest, environment: [String: String] = ProcessInfo.processInfo.environment,
        overrides: PluginOverrides = PluginOverrides()
    ) {
        self.init(of: manifest, environment: environment, overrides: overrides, keeping: [:])
    }

    /// - Parameter kept: Plugins whose papers aren't read again.
    init(
        of manifest: Manifest, environment: [String: String], overrides: PluginOverrides,
        keeping kept: [PluginID: AdmittedPlugin]
    ) {
        let admission = Admission(
            resolver: SettingsResolver(environment: environment, place: Place(folder: URL(filePath: manifest.folder))))
        var admitted: [AdmittedPlugin] = []
        var declined: [PluginID: Decline] = [:]
        var descriptions: [PluginID: PluginDescription] = [:]
        var switchedOff: Set<PluginID> = []
        for item in manifest.applying(overrides).plugins {
            guard case .plugin(let entry) = item else {
                if case .broken(let id, let decline) = item { declined[id] = decline }
                continue
            }
            if let known = kept[entry.id] {
                descriptions[entry.id] = known.description
                admitted.append(known)
                continue
            }
            descriptions[entry.id] = try? PluginDescription(readingFrom: entry.folder)
            guard entry.enabled.runs else {
                switchedOff.insert(entry.id)
                continue
            }
            do { admitted.append(try admission.admit(entry)) } catch { declined[entry.id] = error }
        }
        let order = LoadOrder(admitted)
        self.manifest = manifest
        self.overrides = overrides
        self.admission = admission
        ids = manifest.plugins.map(\.id)
        ordered = order.ordered
        self.declined = declined.merging(order.declined) { first, _ in first }
        self.descriptions = descriptions
        self.switchedOff = switchedOff
    }

    /// Every permission that the portal or a plugin of the manifest declares, running or not.
    public var permissions: Set<Permission> {
        Set(RegistrySnapshot.corePermissions.keys).union(descriptions.values.flatMap { $0.permissions.map(\.id) })
    }

    /// How every plugin of the manifest would stand, without starting any: what `patchbay doctor` and `check` show.
    ///
    /// Libraries are opened, their stamps and types compared; no instance is made, no table touched.
    public func statuses(loadingFrom source: any PluginSource = LibraryLoader(), at now: Date) -> [PluginStatus] {
        var declined = declined
        var sound: [PluginDescription] = []
        for plugin in ordered {
            do {
                try checkRequirements(of: plugin, running: sound, declined: declined)
                let type = try source.type(of: plugin.description, entry: plugin.entry)
                try PluginStarter.check(type, of: plugin)
                sound.append(plugin.description)
            } catch {
                declined[plugin.id] = error
            }
        }
        return ids.map { id in
            status(of: id, isRunning: sound.contains { $0.id == id }, declined[id], at: now)
        }
    }

    /// - Throws: `Decline` (`plugin.requirement-missing`, `plugin.requirement-declined`,
    ///   `plugin.requirement-version`).
    func checkRequirements(
        of plugin: AdmittedPlugin, running: [PluginDescription], declined: [PluginID: Decline]
    ) throws(Decline) {
        for required in plugin.description.requires {
            if let decline = declined[required.id] {
                throw Decline(
                    id: "plugin.requirement-declined",
                    "“\(plugin.id)” requires “\(required.id)”, which is declined: \(decline.reason)", mend: decline.mend
                )
            }
            guard let found = running.first(where: { $0.id == required.id }) else {
                throw Decline(
                    id: "plugin.requirement-missing",
                    "“\(plugin.id)” requires “\(required.id)”, which doesn't run here.",
                    mend: "Add “\(required.id)” to manifest.json, or switch it on there.")
            }
            guard required.version.contains(found.version) else {
                throw Decline(
                    id: "plugin.requirement-version",
                    "“\(plugin.id)” requires “\(required.id)” \(required.version), but \(found.version) is installed.",
                    mend: "Install versions of “\(plugin.id)” and “\(required.id)” that fit each other.")
            }
        }
    }

    func status(of id: PluginID, isRunning: Bool, _ decline: Decline?, at now: Date) -> PluginStatus {
        let state: PluginStatus.State =
            if isRunning { .running } else if switchedOff.contains(id) { .off } else { .declined }
        return PluginStatus(id, descriptions[id], state, because: isRunning ? nil : decline, at: now)
    }
}
