import Foundation
import PatchbaySDK
import Synchronization

extension PluginRegistry {
    /// Changes one plugin over what the manifest says. Others run on, and their papers aren't read again.
    ///
    /// The new instance is made first. If it can't be, nothing is stored and the one that runs goes on.
    /// - Parameter store: Writes the change down; called when it is known to work.
    /// - Throws: `PortalError.notFound`; `.invalid` with what is wrong by place (`settings.invalid`), or with the
    ///   sentence of the plugin that refuses the settings; `.conflict` (`plugin.update-waiting`, `plugin.fixed`).
    func change(_ edit: OverrideStore.Edit, storing store: @escaping @Sendable () async throws -> Void) async throws {
        let result = Mutex<Result<Void, any Error>>(.success(()))
        _ = await enqueue { registry in
            do { try await registry.apply(edit, storing: store) } catch { result.withLock { $0 = .failure(error) } }
            return registry.statuses
        }
        try result.withLock(\.self).get()
    }

    private func apply(_ edit: OverrideStore.Edit, storing store: @Sendable () async throws -> Void) async throws {
        let (known, lives) = state.withLock { ($0.survey, $0.lives) }
        let id = edit.plugin
        guard let known, let written = known.manifest.entry(id) else { throw PortalError.notFound("plugin") }
        if edit.isOn != nil, written.enabled.isFixed { throw Self.fixed(id) }
        let overrides = known.overrides.applying(edit, at: clock.now)
        let others = lives.filter { $0.key != id }.mapValues(\.plugin)
        let survey = PluginSurvey(
            of: known.manifest, environment: environment, overrides: overrides, keeping: others)
        if let running = lives[id], let described = survey.descriptions[id], running.plugin.description != described {
            throw Self.updateWaiting(id)
        }
        try check(edit, written, survey)
        let outcome = prepare(survey)
        if let decline = outcome.declined[id], decline.comesFromSettings {
            throw PortalError(.invalid, id: decline.id, "\(decline.reason) Nothing was changed.")
        }
        try await store()
        await takeOver(outcome, survey: survey)
    }

    /// Each setting that is typed, for itself: those of a plugin that is off are never tried otherwise.
    private func check(_ edit: OverrideStore.Edit, _ written: PluginEntry, _ survey: PluginSurvey) throws {
        let values = edit.settings.compactMapValues { $0 }
        guard !values.isEmpty else { return }
        guard let description = survey.descriptions[edit.plugin] else {
            throw PortalError(
                .conflict, id: "plugin.not-described",
                "The plugin.json of “\(edit.plugin)” can't be read; mend it first.")
        }
        let trial = SettingsTrial(
            resolver: survey.admission.resolver, description: description, manifest: written.settings,
            secretFolders: secretFolders(of: survey.manifest))
        let faults = trial.faults(in: values)
        guard faults.isEmpty else {
            throw PortalError(
                .invalid, id: "settings.invalid", "Some settings can't be used; nothing was changed.", details: faults)
        }
    }

    /// Where files with secrets may lie that are named in the browser.
    func secretFolders(of manifest: Manifest) -> [String] {
        [manifest.folder] + [environment["CREDENTIALS_DIRECTORY"]].compactMap(\.self).filter { !$0.isEmpty }
    }

    private static func fixed(_ id: PluginID) -> PortalError {
        PortalError(
            .conflict, id: "plugin.fixed",
            "manifest.json decides for good whether “\(id)” runs (“always” or “never”). Change it there.")
    }

    private static func updateWaiting(_ id: PluginID) -> PortalError {
        PortalError(
            .conflict, id: "plugin.update-waiting",
            "The plugin.json of “\(id)” has changed since it was started. Look at what is new and reload the plugins first."
        )
    }
}

extension PluginOverrides {
    /// What it comes to with `edit`; who has made the edit is known once it is stored and read again.
    func applying(_ edit: OverrideStore.Edit, at now: Date) -> PluginOverrides {
        var changed = self
        for (setting, value) in edit.settings {
            changed.settings[edit.plugin, default: [:]][setting] = value.map { Change(value: $0, at: now, by: "") }
        }
        if let isOn = edit.isOn {
            changed.running[edit.plugin] = isOn.map { Change(value: .bool($0), at: now, by: "") }
        }
        return changed
    }
}

extension Decline {
    /// Whether other settings would mend it.
    fileprivate var comesFromSettings: Bool { id.hasPrefix("settings.") || id == "plugin.init-failed" }
}
