import ArgumentParser
import PatchbayHost
import PatchbaySDK

/// `patchbay switch PLUGIN LEVEL SUBJECT on|off|default`
struct SwitchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "switch", abstract: "Switch a feature on or off for the system, a domain, a user or a number.",
        discussion: """
            patchbay switch sms system system on
            patchbay switch sms domain harbor.example off
            patchbay switch sms user 1001@harbor.example default
            patchbay switch sms number +16195550188 on
            """)

    enum Level: String, ExpressibleByArgument, CaseIterable {
        case system, domain, user, number
    }

    enum Position: String, ExpressibleByArgument, CaseIterable {
        case on, off
        /// Back to what the plugin starts with.
        case `default`
    }

    @OptionGroup var store: StoreOptions
    @Argument(help: "A plugin's id, such as sms.") var plugin: String
    @Argument(help: "system, domain, user or number.") var level: Level
    @Argument(help: "system; or the domain; or the user's login; or the number.") var subject: String
    @Argument(help: "on, off, or default.") var position: Position

    func run() throws {
        if position != .default { try store.require(plugin: plugin) }
        let desk = try store.open()
        try desk.store.writeNow { db in
            let isOn: Bool? = position == .default ? nil : position == .on
            let (level, subject) = try subject(desk, in: db)
            try Gates.setSwitch(PluginID(rawValue: plugin), level, subject: subject, isOn: isOn, in: db)
        }
        print("\(plugin): \(position.rawValue) for \(level == .system ? "the system" : subject).")
    }

    private func subject(_ desk: Desk, in db: Database) throws -> (GateLevel, String) {
        switch level {
        case .system:
            guard subject == "system" else { throw PlainError("At the level system, the subject is “system”, too.") }
            return (.system, "")
        case .domain:
            return (.domain, try desk.directory.known(DomainID(rawValue: subject), in: db).id.rawValue)
        case .user:
            return (.user, try desk.user(subject, in: db).id.rawValue)
        case .number:
            return (.number, try desk.number(subject, in: db).number.e164)
        }
    }
}
