internal import CostModel

/// A table of the ledger and the statements that go with it, made once: a pass puts ten thousand rows.
struct Table: Sendable {
    let name: String
    /// All but `sequence`, in the order in which records are read and written.
    let columns: [String]
    /// What puts rows in the order in which they are shown.
    let order: String

    let select: String
    let insert: String
    /// Overwrites the row with the same key; empty where rows are only added.
    let upsert: String

    init(_ name: String, columns: [String], key: [String] = [], order: String? = nil) {
        self.name = name
        self.columns = columns
        self.order = order ?? (key.isEmpty ? "sequence" : Table.list(key))
        let all = Table.list(columns)
        select = "SELECT \(all) FROM \(name)"
        insert = "INSERT INTO \(name) (\(all)) VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))"
        let others = columns.filter { !key.contains($0) }.map { "\"\($0)\" = excluded.\"\($0)\"" }.joined(separator: ", ")
        upsert = key.isEmpty ? "" : "\(insert) ON CONFLICT (\(Table.list(key))) DO UPDATE SET \(others)"
    }

    init<Kept: TableRecord>(of record: Kept.Type, _ name: String, key: [String] = [], order: String? = nil) {
        self.init(name, columns: record.columns.map(\.name), key: key, order: order)
    }

    static func list(_ columns: [String]) -> String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
}

/// What one row of a table says, column by column.
protocol TableRecord: ColumnRecord {
    static var table: Table { get }
}

extension TableRecord {
    /// In the order of the table's columns.
    var values: [SQLiteValue] { Self.columns.map { $0.value(self)?.stored ?? .null } }

    /// Reads the table's columns, from the first to the last.
    init(_ row: inout Row) throws(LedgerError) {
        self = Self.blank
        for column in Self.columns {
            let stored = try row.nextValue()
            var value: ColumnValue?
            if stored != .null {
                guard let read = ColumnValue(stored: stored, as: column.type) else { throw row.unreadable }
                value = read
            }
            guard column.assign(&self, value) else { throw row.unreadable }
        }
    }
}

extension Database {
    func insert(_ record: some TableRecord) throws(LedgerError) {
        try run(type(of: record).table.insert, record.values)
    }

    func upsert(_ record: some TableRecord) throws(LedgerError) {
        try run(type(of: record).table.upsert, record.values)
    }

    /// - Parameter rest: what stands behind `SELECT … FROM …`; in the table's own order unless it says otherwise.
    func records<Found: TableRecord>(
        _ type: Found.Type = Found.self, _ rest: String? = nil, _ values: [any Storable] = []
    ) throws(LedgerError) -> [Found] {
        let table = Found.table
        return try query("\(table.select) \(rest ?? "ORDER BY \(table.order)")", values) { (row) throws(LedgerError) in try Found(&row) }
    }
}
