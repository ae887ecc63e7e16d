import PatchbaySDK
import Testing

@testable import PatchbayHost

/// One row of the truth table.
struct GateRow: Sendable, CustomTestStringConvertible {
    let isOn: [GateLevel: Bool]

    static let all: [GateRow] = (0..<16).map { bits in
        GateRow(isOn: [
            .system: bits & 1 != 0, .domain: bits & 2 != 0, .user: bits & 4 != 0, .number: bits & 8 != 0,
        ])
    }

    /// The outermost level that is off.
    var closed: GateLevel? { [GateLevel.system, .domain, .user, .number].first { isOn[$0] == false } }

    var testDescription: String {
        isOn.filter(\.value).keys.map(\.rawValue).sorted().joined(separator: "+")
    }
}

@Suite("Gates")
struct GateTests {
    let office: Office

    init() throws { office = try Office() }

    @Test(
        "S4 S5 S6: SMS is there in exactly one row of system × domain × user × number, and the gate is named",
        arguments: GateRow.all)
    func truthTable(row: GateRow) throws {
        try office.store.writeNow { db in
            try Gates.setSwitch("sms", .system, subject: "", isOn: row.isOn[.system], in: db)
            try Gates.setSwitch("sms", .domain, subject: "harbor.example", isOn: row.isOn[.domain], in: db)
            try Gates.setSwitch("sms", .user, subject: "ann", isOn: row.isOn[.user], in: db)
            for number in [Office.desk, Office.direct] {
                try Gates.setSwitch("sms", .number, subject: number.e164, isOn: row.isOn[.number], in: db)
            }
        }

        let closed = try office.store.readNow { db in try office.gates.closedGate("sms", for: office.ann, in: db) }

        #expect(closed?.level == row.closed)
        #expect((closed?.error.id).map { $0.hasPrefix("gate.") } ?? true)
    }

    @Test("S6: without an assigned number the number's gate is closed")
    func userWithoutNumber() throws {
        let closed = try office.store.readNow { db in try office.gates.closedGate("sms", for: office.cleo, in: db) }

        #expect(closed?.level == .number)
        #expect(closed?.error.id == "gate.number-missing")
    }

    @Test("P2: a plugin that doesn't run closes the outermost gate")
    func missingPlugin() throws {
        let closed = try office.store.readNow { db in try office.gates.closedGate("fax", for: office.ann, in: db) }

        #expect(closed?.level == .plugin)
    }

    @Test("S5: switching SMS off for one user leaves the other's on")
    func userSwitchIsForOneUser() throws {
        try office.store.writeNow { db in try Gates.setSwitch("sms", .user, subject: "ann", isOn: false, in: db) }

        let forAnn = try office.store.readNow { db in try office.gates.closedGate("sms", for: office.ann, in: db) }
        let forBen = try office.store.readNow { db in try office.gates.closedGate("sms", for: office.ben, in: db) }

        #expect(forAnn?.level == .user)
        #expect(forBen == nil)
    }

    @Test("S12: chat needs no number")
    func chatNeedsNoNumber() throws {
        #expect(try office.store.readNow { db in try office.gates.closedGate("chat", for: office.cleo, in: db) } == nil)
    }
}
