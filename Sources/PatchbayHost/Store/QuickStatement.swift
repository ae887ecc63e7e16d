import GRDBSQLite
import PatchbaySDK

/// A value on its way into a quick statement.
enum Cell {
    case text(String)
    case integer(Int)
    case null

    /// `text`, or NULL where there is none.
    static func optional(_ text: String?) -> Cell { text.map(Cell.text) ?? .null }
    /// `number`, or NULL where there is none.
    static func optional(_ number: Int?) -> Cell { number.map(Cell.integer) ?? .null }
    static func id<Kind>(_ id: Identifier<Kind>) -> Cell { .text(id.rawValue) }
    static func id<Kind>(_ id: Identifier<Kind>?) -> Cell { .optional(id?.rawValue) }
    static func number(_ number: PhoneNumber?) -> Cell { .optional(number?.e164) }
    static func flag(_ isOn: Bool) -> Cell { .integer(isOn ? 1 : 0) }
}

/// The row that a quick statement has come to; read by position, from 0, inside the closure that gets it.
struct QuickRow {
    fileprivate let statement: SQLiteStatement

    func isNull(_ column: CInt) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func integer(_ column: CInt) -> Int { Int(sqlite3_column_int64(statement, column)) }

    func flag(_ column: CInt) -> Bool { integer(column) != 0 }

    /// The column as text; empty for NULL.
    func text(_ column: CInt) -> String {
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func optionalText(_ column: CInt) -> String? { isNull(column) ? nil : text(column) }

    func optionalInteger(_ column: CInt) -> Int? { isNull(column) ? nil : integer(column) }

    func id<Kind>(_ column: CInt, _: Identifier<Kind>.Type = Identifier<Kind>.self) -> Identifier<Kind> {
        Identifier(rawValue: text(column))
    }

    /// The column as a number; `nil` when it holds none in E.164.
    func number(_ column: CInt) -> PhoneNumber? { optionalText(column).flatMap { PhoneNumber(e164: $0) } }
}

/// What every message does, straight through SQLite: for a statement that touches one row, GRDB's arguments and rows by
/// name cost more than SQLite itself.
///
/// It is GRDB's own connection, with its cache of statements and inside its transactions. Nothing observes the database
/// by GRDB's means, and nothing that does may be added without looking here.
extension Database {
    /// Runs a statement that gives no rows.
    func quickly(_ sql: String, _ cells: Cell...) throws {
        try withQuick(sql, cells) { statement in
            guard sqlite3_step(statement) == SQLITE_DONE else { throw quickFault() }
        }
    }

    /// The first row of what `sql` gives, read by `body`; `nil` when there is none.
    func quickRow<Value>(
        _ sql: String, _ cells: Cell..., read body: (QuickRow) throws -> Value
    ) throws -> Value? {
        try withQuick(sql, cells) { statement in
            switch sqlite3_step(statement) {
            case SQLITE_ROW: try body(QuickRow(statement: statement))
            case SQLITE_DONE: nil
            default: throw quickFault()
            }
        }
    }

    /// All rows of what `sql` gives, each read by `body`.
    func quickRows<Value>(
        _ sql: String, _ cells: Cell..., read body: (QuickRow) throws -> Value
    ) throws -> [Value] {
        try withQuick(sql, cells) { statement in
            var values: [Value] = []
            while true {
                switch sqlite3_step(statement) {
                case SQLITE_ROW: values.append(try body(QuickRow(statement: statement)))
                case SQLITE_DONE: return values
                default: throw quickFault()
                }
            }
        }
    }

    private func withQuick<Value>(
        _ sql: String, _ cells: [Cell], _ body: (SQLiteStatement) throws -> Value
    ) throws -> Value {
        let prepared = try cachedStatement(sql: sql)
        let statement = prepared.sqliteStatement
        assert(sqlite3_bind_parameter_count(statement) == cells.count, "cells don't fit \(sql)")
        // Somebody may have left it half way; and what is bound must not outlive this call.
        sqlite3_reset(statement)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        return try withExtendedLifetime(prepared) {
            for (place, cell) in zip(CInt(1)..., cells) { try bind(cell, to: statement, at: place) }
            return try body(statement)
        }
    }

    private func bind(_ cell: Cell, to statement: SQLiteStatement, at place: CInt) throws {
        let code =
            switch cell {
            case .null: sqlite3_bind_null(statement, place)
            case .integer(let value): sqlite3_bind_int64(statement, place, Int64(value))
            case .text(var text):
                text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { text in
                        // An empty text may have no address, and would become NULL.
                        guard let start = text.baseAddress else {
                            return sqlite3_bind_text(statement, place, "", 0, transient)
                        }
                        return sqlite3_bind_text(statement, place, start, CInt(text.count), transient)
                    }
                }
            }
        guard code == SQLITE_OK else { throw quickFault() }
    }

    private func quickFault() -> DatabaseError {
        let connection = sqliteConnection
        return DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
            message: connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) })
    }
}

/// SQLite copies what is bound so (`SQLITE_TRANSIENT`, which Swift can't import).
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
