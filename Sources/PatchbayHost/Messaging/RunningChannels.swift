import PatchbaySDK

/// The plugins that carry and check messages now. The registry answers; the answers change when plugins come and go.
public protocol RunningChannels: Sendable {
    /// The plugin that carries `kind`, if one runs.
    func channel(_ kind: ChannelKind) -> (id: PluginID, channel: any MessageChannel)?
    /// The kinds that are carried now.
    var kinds: [ChannelKind] { get }
    /// Every check that a draft has to pass.
    var sendChecks: [any SendCheck] { get }
    /// Lets everybody who counts messages note `deed`.
    ///
    /// - Throws: a fault of the store itself; what a plugin throws is logged and costs nothing.
    func witness(_ deed: (any MessageWitness) throws -> Void) throws
}

/// Before any plugin runs.
struct NoChannels: RunningChannels {
    func channel(_ kind: ChannelKind) -> (id: PluginID, channel: any MessageChannel)? { nil }
    var kinds: [ChannelKind] { [] }
    var sendChecks: [any SendCheck] { [] }
    func witness(_ deed: (any MessageWitness) throws -> Void) {}
}
