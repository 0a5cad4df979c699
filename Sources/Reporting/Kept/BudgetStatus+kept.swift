import CostModel
import JSON

// A budget's standing, without any loss.

extension BudgetStatus {
    var kept: JSONValue {
        [
            "name": .string(name), "period": period.kept, "closed": .bool(closed), "cost": .string(cost.rawValue),
            "amount": JSONValue(amount), "actual": JSONValue(actual), "forecast": JSONValue(forecast),
            "forecastMethod": JSONValue(forecastMethod), "judged": .bool(judged), "coverage": coverage.kept, "lacksDays": .bool(lacksDays),
            "isOver": .bool(isOver), "forecastLow": JSONValue(forecastLow), "forecastHigh": JSONValue(forecastHigh),
            "matched": .bool(matched), "burn": burn?.kept ?? .null,
            "perUnit": perUnit?.kept ?? .null,
        ]
    }

    init(kept fields: KeptFields) throws(DamagedDocument) {
        guard let period = try fields.object("period", BudgetPeriod.init(kept:)),
            let coverage = try fields.object("coverage", DayCoverage.init(kept:))
        else { throw DamagedDocument() }
        self.init(
            name: try fields.text("name"), period: period, closed: try fields.flag("closed"), cost: try fields.word("cost"),
            amount: try fields.money("amount"), actual: try fields.money("actual"), forecast: try fields.moneyOrNull("forecast"),
            forecastMethod: try fields.textOrNull("forecastMethod"), judged: try fields.flag("judged"))
        self.coverage = coverage
        lacksDays = try fields.flag("lacksDays")
        isOver = try fields.flag("isOver")
        forecastLow = try fields.moneyOrNull("forecastLow")
        forecastHigh = try fields.moneyOrNull("forecastHigh")
        matched = try fields.flag("matched")
        burn = try fields.object("burn", Burn.init(kept:))
        perUnit = try fields.object("perUnit", PerUnit.init(kept:))
    }
}

extension BudgetPeriod {
    /// By its length, its first day and the calendar by which it is divided.
    fileprivate var kept: JSONValue {
        [
            "length": .string(length.rawValue), "from": .string(days.lowerBound.description), "startMonth": JSONValue(calendar.startMonth),
            "division": .string(calendar.division.rawValue), "weekStart": .string(calendar.weekStart.rawValue),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        let month = try fields.integer("startMonth")
        guard (1...12).contains(month) else { throw DamagedDocument() }
        self.init(
            try fields.word("length"), holding: try fields.day("from"),
            in: FiscalCalendar(startMonth: month, division: try fields.word("division"), weekStart: try fields.word("weekStart")))
    }
}

extension DayCoverage {
    fileprivate var kept: JSONValue {
        [
            "days": JSONValue(days), "known": JSONValue(known), "notYet": JSONValue(notYet),
            "missing": JSONValue(missing.map(\.description)), "fault": JSONValue(fault),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(days: try fields.integer("days"))
        known = try fields.integer("known")
        notYet = try fields.integer("notYet")
        missing = try fields.days("missing")
        fault = try fields.textOrNull("fault")
    }
}

extension BudgetStatus.Burn {
    fileprivate var kept: JSONValue {
        [
            "plan": JSONValue(plan), "reserve": JSONValue(reserve), "burned": JSONValue(burned),
            "page": page.map { ["days": JSONValue($0.days), "burned": JSONValue($0.burned), "share": .number("\($0.share)")] } ?? .null,
            "isTooNoisy": .bool(isTooNoisy),
        ]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        self.init(
            plan: try fields.money("plan"), reserve: try fields.money("reserve"), burned: try fields.money("burned"),
            page: try fields.object("page") { (page) throws(DamagedDocument) in
                Page(days: try page.integer("days"), burned: try page.money("burned"), share: try page.share("share"))
            }, isTooNoisy: try fields.flag("isTooNoisy"))
    }
}

extension BudgetStatus.PerUnit {
    fileprivate var kept: JSONValue {
        ["unit": .string(unit), "amount": JSONValue(amount), "count": .string(count.description)]
    }

    fileprivate init(kept fields: KeptFields) throws(DamagedDocument) {
        guard let count = FixedDecimal(exactly: try fields.text("count")) else { throw DamagedDocument() }
        self.init(unit: try fields.text("unit"), amount: try fields.money("amount"), count: count)
    }
}
