import PatchbaySDK

/// Video in chats: invitations that ring, and the signalling by which browsers find each other.
///
/// Picture and sound go from browser to browser (WebRTC), or through the TURN server of the settings; none pass here.
public struct VideoInvitePlugin: Plugin {
    /// The id that manifest.json, gates and routes know video by.
    public static let id = PluginID(rawValue: "video")
    /// Sessions, their people, and the links of guests.
    public static let migrations = VideoMigrations.all

    let context: PluginContext
    let sessions: Sessions
    let ringing: Ringing
    let links: GuestLinks
    let mailboxes = Mailboxes()
    let servers: ICEServers
    let retention: Retention

    /// - Throws: `PortalError` when the settings name a TURN server without its secret.
    public init(context: PluginContext) throws {
        self.context = context
        servers = try ICEServers(context.settings)
        sessions = Sessions(context: context)
        ringing = Ringing(sessions: sessions, mailboxes: mailboxes)
        links = GuestLinks(context: context)
        retention = Retention(context: context, kept: .seconds(86_400 * (try context.settings.int("sessionDays"))))
    }

    /// What it answers below `/api/v1/video/` and `/join/video/`.
    @RouteBuilder public var routes: [Route] {
        sessionRoutes
        guestLinkRoutes
        guestRoutes
    }

    /// Ends invitations that nobody answers, and windows that went without a word; forgets what is old.
    public func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await ringing.run() }
            group.addTask { try await retention.run() }
        }
    }
}

/// Says which SDK and compiler this library was built with; the loader compares it with the host's.
@c(patchbay_video_stamp) public func patchbayVideoStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_video_plugin) public func patchbayVideoPlugin() -> UnsafeMutableRawPointer {
    PluginDoorway.vend(VideoInvitePlugin.self)
}
