import CostModel
import JSON

// What the bill shows of this month and of the newest 28 days, without any loss.

extension SpendOverview {
    var kept: JSONValue {
        [
            "month": month.kept, "from": .string(days.lowerBound.description), "to": .string(days.upperBound.description),
            "total": total.kept, "parts": .array(parts.map(\.kept)), "unknownDays": JSONValue(unknownDays.sorted().map(\.description)),
        ]
    }

    init(kept fields: KeptFields) throws(DamagedDocument) {
        let (from, to) = (try fields.day("from"), try fields.day("to"))
        guard from <= to, let month = try fields.object("month", BudgetStatus.init(kept:)),
            let total = try fields.object("total", Row.init(kept:))
        else { throw DamagedDocument() }
        self.init(
            month: month, days: from..<to, total: total, parts: try fields.list("parts", Part.init(kept:)),
            unknownDays: Set(try fields.days("unknownDays")))
    }
}

extension SpendOverview.Row {
    fileprivate var kept: JSONValue {
        ["name": JSONValue(name), "current": JSONValue(current), "previous": JSONValue(previous)]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(
            name: try fields.textOrNull("name"), current: try fields.money("current"), previous: try fields.moneyOrNull("previous"))
    }
}

extension SpendOverview.Part {
    fileprivate var kept: JSONValue {
        ["dimension": .string(dimension.description), "rows": .array(rows.map(\.kept))]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        guard let dimension = CostBreakdown.Dimension(try fields.text("dimension")) else { throw DamagedDocument() }
        self.init(dimension: dimension, rows: try fields.list("rows", SpendOverview.Row.init(kept:)))
    }
}
