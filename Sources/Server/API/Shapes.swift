internal import CostModel
internal import Reporting

extension Schema {
    /// What stands in a column.
    init(_ type: ColumnType) {
        self =
            switch type {
            case .text: .text
            case .word(let words): .word(words)
            case .integer: .integer
            case .flag: .flag
            case .time: .time
            case .day: .day
            case .points: .number
            case .money: .reference("Money")
            case .policy: .reference("Policy")
            case .change: Shapes.change.reference
            case .changes: .list(Shapes.change.reference)
            }
    }

    /// Written by Reporting for every document.
    static let money = Schema.object([("amount", .text), ("currency", .text)])
    static let policy = Schema.object([("kind", .text), ("name", .text)])
    /// RFC 9457.
    static let problem = Schema.object([("status", .integer), ("title", .text), ("detail", .text)])
}

/// How each thing is shown that the API answers with. Records are made of their columns.
enum Shapes {}
