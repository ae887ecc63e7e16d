import PatchbaySDK

/// A plugin as it should be: a table, a route, a setting.
public struct GoodPlugin: Plugin {
    /// The id in its plugin.json.
    public static let id = PluginID(rawValue: "good")
    /// One table, to see that migrations run.
    public static let migrations = [
        Migration("001-greetings") { db in
            try db.execute(sql: "CREATE TABLE goodGreeting(domainId TEXT NOT NULL, text TEXT NOT NULL) STRICT")
        }
    ]
    private let greeting: String

    /// Reads the one setting.
    public init(context: PluginContext) throws { greeting = try context.settings.string("greeting") }

    /// One route that says the greeting.
    public var routes: [Route] {
        Route.get("greeting", requires: Permission(rawValue: "good.use")) { [greeting] _ in .text(greeting) }
    }
}

/// Says which SDK and compiler this library was built with.
@c(patchbay_good_stamp) public func goodStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
/// Hands the plugin's type to the loader.
@c(patchbay_good_plugin) public func goodDoorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(GoodPlugin.self) }
