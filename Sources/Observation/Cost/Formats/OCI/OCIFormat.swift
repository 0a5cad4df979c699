import CostModel

/// Oracle's cost reports, before FOCUS.
struct OCIFormat: BillFormat {
    var title: String { "OCI's cost report" }

    func recognises(_ file: BillFile) throws(FileFault) -> Bool {
        guard let table = try file.table() else { return false }
        return OCIRow.required.count { ColumnNames(table.columns).contains(ColumnNames.plain($0[0])) } >= 3
    }

    func decoder(
        for file: BillFile, requiring required: Set<CostBasis>, numbers: BillNumbers
    ) throws(FileFault) -> (any BillDecoder)? {
        guard let table = try file.requiredTable(), let row = OCIRow(table, numbers, format: title, file.problems) else { return nil }
        return CSVRowDecoder(
            row: row, titles: [.billed: "myCost", .effective: "myCost"], costs: [.billed, .effective],
            advice: "OCI's cost report states what is charged alone; its FOCUS report has list cost",
            identifiesRows: row.namesLines)
    }
}

/// A row of a cost report. `myCost` is what is charged, and includes any overage. The report does not say what was prepaid: effective cost is
/// what is charged. Corrections are rows that add up.
final class OCIRow: CSVRow {
    static let required = [
        ["cost/myCost"], ["lineItem/intervalUsageStart"], ["lineItem/tenantId"], ["product/service"], ["cost/currencyCode"],
    ]
    private let cost: Int
    private let start: Int
    private let end: Int?
    private let reference: Int?
    private let currencyColumn: Int?
    private let quantityColumn: Int?
    private let unit: Int?
    private let askedColumns: [(key: [UInt8], column: Int)]
    private let details = NameTable()
    private let provider: Int32

    /// Nil when a column is missing without which nothing can be said; the problem is then added.
    init?(_ table: CSVTable, _ numbers: BillNumbers, format: String, _ problems: RowProblems) {
        let tags = table.columns.enumerated().filter { $0.element.hasPrefix("tags/") }.map { ($0.element.dropFirst(5), $0.offset) }
        let names = ColumnNames(table.columns.map { $0.hasPrefix("tags/") ? "" : $0 })
        guard names.complain(Self.required, of: format, problems), let cost = names["costmycost"],
            let start = names["lineitemintervalusagestart"]
        else { return nil }
        self.cost = cost
        self.start = start
        end = names["lineitemintervalusageend"]
        reference = names["lineitemreferenceno"]
        currencyColumn = names["costcurrencycode"]
        quantityColumn = names["usagebilledquantity"]
        unit = names["costskuunitdescription"]
        askedColumns = tags.filter { numbers.tagSets.asks(for: String($0.0)) }.map { (Array($0.0.utf8), $0.1) }
        provider = details.number(of: "Oracle")
        super.init(
            table, numbers,
            places: [
                .account: names["lineitemtenantid"], .service: names["productservice"], .region: names["productregion"],
                .resource: names["productresourceid"], .sku: names["costproductsku"], .description: names["productdescription"],
            ])
    }

    /// The report has no column for it: it is the calendar month of use.
    override func billingMonth() throws(FieldFault) -> Month { try day(start).month }

    override func charge() throws(FieldFault) -> Charge {
        begin()
        var charge = Charge(day: try day(start), category: .usage)
        charge.currency = try currency(currencyColumn)
        guard let amount = try amount(cost) else { throw record.fault(cost, expected: "a decimal number") }
        (charge.amounts.billed, charge.amounts.effective) = (amount, amount)
        charge.stated = [.billed, .effective]
        return charge
    }

    override func lastDay(of charge: Charge) -> Day { lastDay(before: end, of: charge) }
    override var isIdentified: Bool { !isNull(reference) }
    var namesLines: Bool { reference != nil }
    override func field(of basis: CostBasis) -> Int { cost }

    override func quantity() -> ChargeQuantity? {
        isNull(quantityColumn) || isNull(unit) ? nil : ChargeQuantity(string(quantityColumn), unit: string(unit))
    }

    override func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        text == .provider ? details.bytes(of: provider) : stated(places[text])
    }

    override func tagSet() throws(FieldFault) -> Int32 {
        guard askedColumns.contains(where: { !isNull($0.column) }) else { return 0 }
        var tags = numbers.tagSets.draft()
        for (key, column) in askedColumns where !isNull(column) { tags.add(key: key, value: Array(stated(column))) }
        return numbers.tagSets.number(of: tags)
    }

    override func origin(of column: FOCUSValue) -> ValueOrigin {
        switch column {
        case .billedCost: origin([cost], "what is charged, overage included")
        case .effectiveCost: origin([cost], "what is charged: the report does not say what was prepaid")
        case .listCost, .contractedCost: ValueOrigin(rule: "the report does not state it")
        case .billingPeriod: origin([start], "the calendar month of use: the report has no column for it")
        case .chargePeriod: origin([start], "its day in UTC")
        case .category: ValueOrigin(rule: "every row is usage; corrections add up")
        case .provider: ValueOrigin(rule: "the report is Oracle's")
        case .currency: origin([currencyColumn])
        case .quantity: origin([quantityColumn, unit])
        case .account: origin([places[.account]])
        case .service: origin([places[.service]])
        case .region: origin([places[.region]])
        case .resource: origin([places[.resource]])
        case .sku: origin([places[.sku]])
        case .skuPrice: ValueOrigin()
        case .description: origin([places[.description]])
        }
    }
}
