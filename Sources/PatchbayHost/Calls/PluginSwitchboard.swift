import PatchbaySDK

/// What one PBX adapter reports to. It knows whose reports they are, so no adapter speaks of another's calls.
struct PluginSwitchboard: Switchboard {
    private let plugin: PluginID
    private let calls: Calls
    private let phones: PhoneNews

    init(of plugin: PluginID, calls: Calls, phones: PhoneNews) {
        self.plugin = plugin
        self.calls = calls
        self.phones = phones
    }

    func moved(_ call: CallID, to step: CallStep) async throws { try await calls.moved(call, to: step, by: plugin) }

    func phonesChanged(_ extensions: Set<String>, in domain: DomainID) { phones.note(extensions, in: domain) }

    func phonesUnknown() { phones.noteAll() }
}
