import PatchbaySDK

/// Tells people by e-mail of messages that stay unread while they are away.
public struct EmailDigestPlugin: Plugin, RecordKeeper {
    /// `email`.
    public static let id = PluginID(rawValue: "email")
    /// Choices, digests and what they told.
    public static let migrations = EmailMigrations.all

    let context: PluginContext
    let settings: EmailSettings
    let choices: Choices
    let server: MailServer
    private let post: Post

    /// - Throws: `PortalError` when the settings contradict each other.
    public init(context: PluginContext) throws {
        self.context = context
        settings = try EmailSettings(context.settings)
        choices = Choices(isOnByDefault: settings.isOnByDefault)
        server = MailServer(context: context, settings: settings)
        let outbox = Outbox(clock: context.clock, shortestRetry: settings.retry)
        post = Post(context: context, settings: settings, outbox: outbox, server: server, choices: choices)
    }

    /// What it answers below `/api/v1/email/` and `/join/email/`.
    @RouteBuilder public var routes: [Route] {
        digestRoutes
        linkRoutes
    }

    /// Forgets what an erased user has chosen, and their digests.
    public func forget(
        _ person: ErasedPerson, of domain: DomainID, atMost limit: Int, in db: Database
    ) throws -> Bool {
        guard case .user(let user) = person else { return false }
        return try choices.forget(user, of: domain, atMost: limit, in: db)
    }

    /// Looks for unread messages and sends the e-mails.
    public func run() async throws { try await post.run() }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_email_stamp) public func patchbayEmailStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_email_plugin) public func patchbayEmailPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(EmailDigestPlugin.self)
}
