import PatchbaySDK

/// A plugin as it should be: a table, a route, a setting.
public struct GoodPlugin: Plugin {
    public static let id = PluginID(rawValue: "good")
    public static let migrations = [
        Migration("001-greetings") { db in
            try db.execute(sql: "CREATE TABLE goodGreeting(domainId TEXT NOT NULL, text TEXT NOT NULL) STRICT")
        }
    ]
    private let greeting: String

    public init(context: PluginContext) throws { greeting = try context.settings.string("greeting") }

    public var routes: [Route] {
        Route.get("greeting", requires: Permission(rawValue: "good.use")) { [greeting] _ in .text(greeting) }
    }
}

@c(patchbay_good_stamp) public func goodStamp() -> UnsafePointer<CChar> { patchbay_build_stamp() }
@c(patchbay_good_plugin) public func goodDoorway() -> UnsafeMutableRawPointer { PluginDoorway.vend(GoodPlugin.self) }
