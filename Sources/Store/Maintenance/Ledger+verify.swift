/// Something that is wrong with a ledger.
package struct LedgerProblem: Hashable, Sendable {
    package enum Check: String, Hashable, Sendable, CaseIterable {
        /// SQLite's own: pages, indexes, constraints.
        case integrity
        /// A row refers to one that is not there.
        case references
        /// A row that Bursar cannot read.
        case rows
        /// Rows that contradict each other or themselves.
        case rules
    }

    package var check: Check
    /// Lower case, no full stop.
    package var message: String
}

extension Ledger {
    /// Looks at every page and every row; an empty list: nothing is wrong.
    package func verify() throws(LedgerError) -> [LedgerProblem] {
        var problems: [LedgerProblem] = []
        try database.reading { () throws(LedgerError) in
            let damage = try database.query("PRAGMA integrity_check(20)") { (row) throws(LedgerError) -> String in try row.next() }
            problems += damage.filter { $0 != "ok" }.map { LedgerProblem(check: .integrity, message: $0) }
            // Nothing that is read from damaged pages says anything.
            guard problems.isEmpty else { return }
            problems += try database.query("PRAGMA foreign_key_check") { (row) throws(LedgerError) -> LedgerProblem in
                let table: String = try row.next()
                let (sequence, target): (Int64?, String) = (try row.next(), try row.next())
                return .reference(table: table, sequence: sequence ?? 0, target: target)
            }
            for type in statusTypes + recordTypes { try readAll(type, into: &problems) }
            for rule in rules {
                let broken: Int = try database.value("SELECT count(*) FROM (\(rule.broken))") ?? 0
                if broken > 0 { problems.append(.rule(rule.message, broken)) }
            }
        }
        return problems
    }

    private func readAll<Read: TableRecord>(_ type: Read.Type, into problems: inout [LedgerProblem]) throws(LedgerError) {
        let select = "SELECT sequence, \(Table.list(Read.table.columns)) FROM \(Read.table.name) ORDER BY sequence"
        try database.each(select) { (row) throws(LedgerError) in
            let sequence: Int64 = try row.next()
            do throws(LedgerError) {
                _ = try Read(&row)
            } catch {
                problems.append(.row(table: Read.table.name, sequence: sequence, error))
            }
            return true
        }
    }
}

/// What must hold between rows: a query that finds those that break it, and what to say then.
private let rules: [(broken: String, message: String)] = [
    (
        #"SELECT 1 FROM requests WHERE state IN ('writing', 'open') GROUP BY "group" HAVING count(*) > 1"#,
        "groups with more than one open request"
    ),
    ("SELECT 1 FROM runs WHERE (outcome = 'running') <> (finished IS NULL)", "runs that are over without an end, or run on after it"),
    (
        "SELECT 1 FROM lives WHERE (state = 'fixed') <> (fixed IS NOT NULL)",
        "findings that are fixed without a time, or have one and are not"
    ),
    ("SELECT 1 FROM lives WHERE last_seen < first_seen", "findings last seen before they were first seen"),
]

extension LedgerProblem {
    fileprivate static func reference(table: String, sequence: Int64, target: String) -> LedgerProblem {
        LedgerProblem(check: .references, message: "row \(sequence) of '\(table)' refers to a row of '\(target)' that is not there")
    }

    fileprivate static func row(table: String, sequence: Int64, _ error: LedgerError) -> LedgerProblem {
        LedgerProblem(check: .rows, message: "row \(sequence) of '\(table)': \(error.message)")
    }

    fileprivate static func rule(_ message: String, _ count: Int) -> LedgerProblem {
        LedgerProblem(check: .rules, message: "\(message): \(count)")
    }
}
