import Hummingbird
import PatchbaySDK
import Synchronization

/// A request on its way to what answers it.
struct Call: Sendable {
    let request: Request
    /// `HEAD` is answered as `GET`, without the body.
    let method: HTTPRequest.Method
    let target: RequestTarget
    let context: PortalContext
    let route: RouteLabel

    var address: String { context.client(of: request) }
}

/// What a request is counted and logged as: the pattern of its path, never the path, for that may hold numbers.
final class RouteLabel: Sendable {
    private let state = Mutex<(name: String, plugin: String?)>(("other", nil))

    var name: String { state.withLock { $0.name } }
    /// The plugin that answers, if one does.
    var plugin: String? { state.withLock { $0.plugin } }

    func set(_ name: String, plugin: PluginID? = nil) { state.withLock { $0 = (name, plugin?.rawValue) } }
}

/// Errors as text for the log, without what people wrote.
enum LogSafe {
    /// SQLite's errors carry statement arguments in their description; only code and message are kept.
    static func text(of error: any Error) -> String {
        if let error = error as? DatabaseError {
            return "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "")"
        }
        return String(reflecting: error).replacing("\n", with: " ")
    }
}
