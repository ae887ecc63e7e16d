/// A feature, a carrier or a PBX adapter that the host loads at run time.
///
/// An instance lives like this: 1) its settings are validated against `plugin.json`, 2) its migrations run,
/// 3) `init(context:)` is called, quick and free of I/O, 4) its routes appear, 5) `run()` starts. When it is switched
/// off or its settings change, `run()` is cancelled and the routes vanish; on a change a new instance takes over.
/// There is one instance for the whole system; the domain arrives with every request.
///
/// - Since: SDK 1.0
public protocol Plugin: Sendable {
    /// The id, equal to the one in `plugin.json`.
    static var id: PluginID { get }

    /// The tables this plugin owns, oldest first. A migration is frozen once it has shipped.
    static var migrations: [Migration] { get }

    /// Makes an instance. Quick, no I/O: read settings, keep what `context` offers.
    ///
    /// - Throws: `PortalError` when the settings contradict each other; the plugin is then declined with its sentence.
    init(context: PluginContext) throws

    /// What the plugin answers over HTTP.
    @RouteBuilder var routes: [Route] { get }

    /// Works in the background until it is cancelled.
    ///
    /// Returning ends the work for good. Throwing means it should be tried again: the host shows the plugin as degraded
    /// with the error's sentence, and with its detail `mend` as what to do about it, and calls `run()` anew, after 1 s,
    /// then doubling to 60 s.
    func run() async throws
}

extension Plugin {
    /// No tables, for a plugin that keeps nothing.
    public static var migrations: [Migration] { [] }
    /// No routes, for a plugin that answers nothing over HTTP.
    public var routes: [Route] { [] }
    /// No background work: returns at once.
    public func run() async throws {}
}
