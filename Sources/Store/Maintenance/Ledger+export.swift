internal import JSON

extension Ledger {
    /// Gives the whole ledger as lines of JSON, one for each row, the same bytes for the same rows: `{"table":"runs","row":{…}}`.
    ///
    /// - Parameter line: called with each line, without a line feed.
    package func export(_ line: (String) -> Void) throws(LedgerError) {
        let tables = (statusTypes + recordTypes).map { $0.table } + [Ledger.settings]
        // One moment for all tables.
        try database.reading { () throws(LedgerError) in
            for table in tables {
                try database.each("\(table.select) ORDER BY \(table.order)") { (row) throws(LedgerError) in
                    var members: [String] = []
                    for column in table.columns {
                        let value = try row.nextValue()
                        members.append("\"\(column)\":\(value.json)")
                    }
                    line("{\"table\":\"\(table.name)\",\"row\":{\(members.joined(separator: ","))}}")
                    return true
                }
            }
        }
    }

    private static let settings = Table("settings", columns: ["key", "value"], key: ["key"])
}

extension SQLiteValue {
    fileprivate var json: String {
        switch self {
        case .null: "null"
        case .integer(let number): String(number)
        case .text(let text): JSONValue.string(text).stored
        }
    }
}
