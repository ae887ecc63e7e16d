import PatchbayHost
import PatchbaySDK

/// What endpoints share: the host, and what the server keeps beside it.
struct PortalServices: Sendable {
    let portal: Portal
    let settings: ServerSettings
    let metrics: Metrics
    let documents: DocumentShelf
    let plugins: PluginSurface
    let authentication: Authentication
    let pages: AddressLimiter
}
