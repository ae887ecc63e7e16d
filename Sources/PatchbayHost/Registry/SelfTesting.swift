import PatchbaySDK

extension Portal {
    /// How long a self-test may take.
    private static let patience = Duration.seconds(30)

    /// Lets a plugin try its connection to the outside.
    ///
    /// - Parameter phone: The phone to try; `nil` for the connection only.
    /// - Throws: `PortalError.notFound` for a plugin that isn't in the manifest.
    public func selfTest(_ id: PluginID, of phone: TestedPhone?) async throws -> [Diagnosis] {
        guard let status = plugins.statuses.first(where: { $0.id == id }) else { throw PortalError.notFound("plugin") }
        guard let instance = plugins.instance(id) else {
            return [Diagnosis("Plugin", .bad, status.reason ?? "It is switched off.", mend: status.mend)]
        }
        return await selfTest(instance, of: phone)
    }

    /// Lets every plugin of the manifest that can do so try its connection, without starting any: no table is touched, no
    /// background work begins. What `patchbay doctor` does, beside a server or without one.
    ///
    /// - Returns: what each found, in the manifest's order; plugins without a self-test are missing.
    /// - Throws: `Decline` when the manifest can't be read.
    public func selfTests(of phone: TestedPhone?) async throws -> [(plugin: PluginID, found: [Diagnosis])] {
        var results: [(plugin: PluginID, found: [Diagnosis])] = []
        for (id, outcome) in try plugins.instancesForTest(makingContextsWith: makeContext) {
            switch outcome {
            case .success(let instance) where instance is any SelfTest:
                results.append((id, await selfTest(instance, of: phone)))
            case .success: continue
            case .failure(let decline):
                results.append((id, [Diagnosis("Plugin", .bad, decline.reason, mend: decline.mend)]))
            }
        }
        return results
    }

    private func selfTest(_ instance: any Plugin, of phone: TestedPhone?) async -> [Diagnosis] {
        guard let tested = instance as? any SelfTest else {
            return [Diagnosis("Plugin", .good, "It runs; it has no test of its own.")]
        }
        let outcome = await Patience.outcome(within: Self.patience, clock: clock) { await tested.selfTest(of: phone) }
        return (try? outcome?.get())
            ?? [Diagnosis("Self-test", .bad, "The plugin's self-test didn't come to an end in 30 seconds.")]
    }
}

extension PluginRegistry {
    /// An instance of every plugin of the manifest that provides a self-test, made on the side: its tables aren't
    /// brought up to date and `run()` never starts.
    func instancesForTest(
        makingContextsWith makeContext: @escaping MakeContext
    ) throws(Decline) -> [(PluginID, Result<any Plugin, Decline>)] {
        let survey = PluginSurvey(
            of: try Manifest(readingFrom: manifestPath), environment: environment, overrides: knownOverrides())
        let starter = PluginStarter(source: source, migrate: { _ in }, makeContext: makeContext)
        return survey.ordered.filter { $0.description.provides.contains(.selfTest) }.map { plugin in
            (plugin.id, starter.outcome(of: plugin))
        }
    }
}

extension PluginStarter {
    fileprivate func outcome(of plugin: AdmittedPlugin) -> Result<any Plugin, Decline> {
        do throws(Decline) {
            return .success(try start(plugin, taken: RegistrySnapshot(running: [])).instance)
        } catch {
            return .failure(error)
        }
    }
}
