/// One named value of a record: a column of the ledger, and a member of each document that shows the record.
///
/// The ledger's statements, its export and its checks, `bursar history --format json`, and the API with its description all read the record's
/// list of columns. So a new column is a property with a default, a migration, and a line in that list:
///
/// ```swift
/// .init("streak_weeks", key: "streakWeeks", \.streakWeeks, "weeks in a row without an overdue finding", unit: .weeks)
/// ```
package struct Column<Record>: Sendable {
    /// In documents.
    package enum Key: Hashable, Sendable, ExpressibleByStringLiteral {
        case sameAsName
        case named(String)
        /// The documents leave it out, or show it elsewhere.
        case ledgerOnly

        package init(stringLiteral key: String) { self = .named(key) }
    }

    /// In the ledger.
    package let name: String
    /// In documents; nil: only the ledger has it.
    package let key: String?
    package let type: ColumnType
    /// Whether it may have no value.
    package let isOptional: Bool
    package let unit: ColumnUnit?
    /// What it means, for the API's description; lower case, no full stop.
    package let summary: String
    /// Nil: the record has no value there.
    package let value: @Sendable (Record) -> ColumnValue?
    /// Writes a value into a record. False: the value makes no sense there, and the record is of no use any more.
    package let assign: @Sendable (inout Record, ColumnValue?) -> Bool

    /// A column that keeps one property.
    package init<Value: ColumnCodable>(
        _ name: String, key: Key = .sameAsName, _ property: any WritableKeyPath<Record, Value> & Sendable, _ summary: String,
        unit: ColumnUnit? = nil
    ) {
        self.init(name, key: key, Value.columnType, isOptional: Value.isOptional, summary, unit: unit) {
            $0[keyPath: property].columnValue
        } assign: { record, stored in
            guard let value = Value(columnValue: stored) else { return false }
            record[keyPath: property] = value
            return true
        }
    }

    /// A column that keeps a property in another form.
    package init(
        _ name: String, key: Key = .sameAsName, _ type: ColumnType, isOptional: Bool = false, _ summary: String, unit: ColumnUnit? = nil,
        value: @escaping @Sendable (Record) -> ColumnValue?, assign: @escaping @Sendable (inout Record, ColumnValue?) -> Bool
    ) {
        self.name = name
        self.key =
            switch key {
            case .sameAsName: name
            case .named(let key): key
            case .ledgerOnly: nil
            }
        self.type = type
        self.isOptional = isOptional
        self.unit = unit
        self.summary = summary
        self.value = value
        self.assign = assign
    }
}

/// What can be kept as a row, and shown in documents, by its columns.
package protocol ColumnRecord: Sendable {
    /// In the order in which the ledger is written and exported.
    static var columns: [Column<Self>] { get }
    /// Values without a meaning. A row is read by writing every column over them.
    static var blank: Self { get }
}

extension Column {
    /// The same column of a record that holds this one.
    package func within<Outer>(
        _ property: any WritableKeyPath<Outer, Record> & Sendable, key: Column<Outer>.Key = .ledgerOnly
    ) -> Column<Outer> {
        Column<Outer>(name, key: key, type, isOptional: isOptional, summary, unit: unit) {
            value($0[keyPath: property])
        } assign: { outer, stored in
            assign(&outer[keyPath: property], stored)
        }
    }
}

extension [Column<RunSummary>] {
    /// The same columns of a record that may hold such a one. All are empty where it holds none: the first, which may not be empty, says so.
    package func within<Outer>(optional property: any WritableKeyPath<Outer, RunSummary?> & Sendable) -> [Column<Outer>] {
        enumerated().map { index, column in
            Column<Outer>(column.name, key: .ledgerOnly, column.type, isOptional: true, column.summary, unit: column.unit) {
                $0[keyPath: property].flatMap(column.value)
            } assign: { outer, stored in
                if index == 0 { outer[keyPath: property] = stored == nil ? nil : .blank }
                guard var inner = outer[keyPath: property] else { return stored == nil }
                guard column.assign(&inner, stored) else { return false }
                outer[keyPath: property] = inner
                return true
            }
        }
    }
}
