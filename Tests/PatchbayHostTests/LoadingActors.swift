import PatchbayHost
import PatchbaySDK

/// Plugins' types from the test itself, by id.
struct TypesInProcess: PluginSource {
    let types: [String: any Plugin.Type]

    init(_ types: (any Plugin.Type)...) {
        self.types = Dictionary(uniqueKeysWithValues: types.map { ($0.id.rawValue, $0) })
    }

    func type(of description: PluginDescription, entry: PluginEntry) throws(Decline) -> any Plugin.Type {
        guard let type = types[description.id.rawValue] else {
            throw Decline(id: "test.no-type", "The test has no type for “\(description.id)”.", mend: "Add it.")
        }
        return type
    }
}

/// Works until it is cancelled; its route answers with its setting.
struct WorkingPlugin: Plugin {
    static let id = PluginID(rawValue: "working")
    static let settings = FaultyPlugin.settings(["greeting": ["type": "string", "default": "Hello"]])
    let greeting: String
    private let clock: any PortalClock
    private let diary = LoadingDiary.current

    init(context: PluginContext) throws {
        greeting = try context.settings.string("greeting")
        clock = context.clock
        diary.note("init \(greeting)")
    }

    var routes: [Route] { Route.get("greeting", requires: .portal) { [greeting] _ in .text(greeting) } }

    func run() async throws {
        diary.note("run \(greeting)")
        defer { diary.note("end \(greeting)") }
        try await clock.sleep(for: .seconds(1_000_000))
    }
}

/// Fails the first three times that it works, then lasts.
struct FlakyPlugin: Plugin {
    static let id = PluginID(rawValue: "flaky")
    private let clock: any PortalClock
    private let diary = LoadingDiary.current

    init(context: PluginContext) throws { clock = context.clock }

    func run() async throws {
        diary.note("run")
        guard diary.lines.count(where: { $0 == "run" }) > 3 else {
            throw PortalError(.unavailable(retryAfter: .zero), id: "flaky.down", "The peer hung up.")
        }
        try await clock.sleep(for: .seconds(1_000_000))
    }
}

/// Doesn't listen when it is cancelled.
struct StubbornPlugin: Plugin {
    static let id = PluginID(rawValue: "stubborn")
    private let diary = LoadingDiary.current

    init(context: PluginContext) throws {}

    func run() async throws {
        diary.note("run")
        await diary.wait(for: "release")
    }
}

/// Needs `WorkingPlugin`.
struct LeaningPlugin: Plugin {
    static let id = PluginID(rawValue: "leaning")
    init(context: PluginContext) throws { LoadingDiary.current.note("init leaning") }
}

/// Has a migration that fails.
struct ClumsyPlugin: Plugin {
    static let id = PluginID(rawValue: "clumsy")
    static let migrations = [Migration("001-nonsense") { db in try db.execute(sql: "CREATE NONSENSE") }]
    init(context: PluginContext) throws {}
}
