import CostModel

/// A row of Azure's cost details: what a resource, or a commitment, cost on a day.
final class AzureRow: CSVRow {
    /// What a row is of.
    private enum Kind: Int32, CaseIterable {
        case usage, unused, purchase, refund, other
    }

    let layout: AzureLayout
    let dataset: AzureDataset
    /// The texts that follow from others.
    private let details = NameTable()
    private let provider: Int32
    @exclusivity(unchecked) private var chargeTypes = FieldMemo()
    @exclusivity(unchecked) private var models = FieldMemo()
    @exclusivity(unchecked) private var regions = FieldMemo()
    @exclusivity(unchecked) private var resources = FieldMemo()
    @exclusivity(unchecked) private var accounts = FieldMemo()
    /// Rows of commitments in a file that does not say which dataset it is.
    private var undecidedRows = 0
    /// Types of resources whose service is not known, and places whose region is not.
    private var unknownTypes: Set<String> = []
    private var unknownPlaces: Set<String> = []

    init(_ table: CSVTable, _ layout: AzureLayout, _ numbers: BillNumbers, _ dataset: AzureDataset) {
        self.layout = layout
        self.dataset = dataset
        provider = details.number(of: "Microsoft")
        super.init(
            table, numbers,
            places: [
                .skuPrice: layout.names["meterid"], .description: layout.names["productname", "product"], .resource: layout.resource,
            ])
    }

    // MARK: When, and what

    override func billingMonth() throws(FieldFault) -> Month {
        guard let column = layout.billingStart, !isNull(column) else { return try day(layout.date).month }
        return try day(column).month
    }

    /// `10/31/2026`, also `2026-10-31`.
    override func decodedDay(_ record: CSVRecord, _ column: Int) throws(FieldFault) -> Day {
        let text = record[column].text
        let date = text.split(separator: " ").first ?? ""
        let parts = date.split(separator: "/").compactMap { Int($0) }
        guard parts.count == 3, date.split(separator: "/").count == 3 else { return try record.day(column) }
        let year = parts[2] < 100 ? parts[2] + 2000 : parts[2]
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        guard let day = Day("\(year)-\(padded(parts[0]))-\(padded(parts[1]))"), day.mayBeBilled else {
            throw record.fault(column, expected: "a date such as 10/31/2026, the month first")
        }
        return day
    }

    private func kind() throws(FieldFault) -> Kind {
        guard let column = layout.chargeType, !isNull(column) else { return .usage }
        let record = record
        let number = try chargeTypes.value(of: record[column].bytes) { () throws(FieldFault) in
            let text = record[column].text.lowercased()
            return switch text {
            case "usage": Kind.usage.rawValue
            case "purchase": Kind.purchase.rawValue
            case "refund": Kind.refund.rawValue
            default: text.hasPrefix("unused") ? Kind.unused.rawValue : Kind.other.rawValue
            }
        }
        return Kind(rawValue: number) ?? .other
    }

    /// Whether a reservation or a savings plan pays for it.
    private func isCommitted() throws(FieldFault) -> Bool {
        guard let column = layout.pricingModel, !isNull(column) else { return false }
        let record = record
        return try models.value(of: record[column].bytes) { () throws(FieldFault) in
            ["reservation", "savingsplan"].contains(record[column].text.lowercased().filter { $0 != " " }) ? 1 : 0
        } == 1
    }

    private func category() throws(FieldFault) -> ChargeCategory {
        switch try kind() {
        case .usage, .unused: .usage
        case .purchase, .refund: .purchase
        case .other: .adjustment
        }
    }

    // MARK: What it costs

    override func charge() throws(FieldFault) -> Charge {
        begin()
        var charge = Charge(day: try day(layout.date), category: try category())
        if !isNull(layout.currency) { charge.currency = try currency(layout.currency) }
        guard let cost = try amount(layout.cost) else { throw record.fault(layout.cost, expected: "a decimal number") }
        switch dataset {
        case .actual:
            charge.amounts.billed = cost
            charge.stated = [.billed]
            if let price = try amount(layout.unitPrice), let quantity = try amount(layout.quantity) {
                // The quantity counts blocks of the unit of measure already, and the price is one block's.
                charge.amounts.contracted = price.times(quantity)
                charge.stated.insert(.contracted)
            }
        case .amortized:
            charge.amounts.effective = cost
            charge.stated = [.effective]
        case .unknown: try addUndecided(cost, &charge)
        }
        return charge
    }

    /// Where nothing says which dataset it is, a row of a commitment does: what was not used stands in one of them only, what was bought in
    /// the other, and use that is paid for costs nothing where it is not spread. Everything else costs the same in both.
    private func addUndecided(_ cost: FixedDecimal, _ charge: inout Charge) throws(FieldFault) {
        charge.stated = [.billed, .effective]
        let (kind, isCommitted) = (try kind(), try isCommitted())
        if isCommitted || kind == .unused { undecidedRows += 1 }
        switch kind {
        case .unused: charge.amounts.effective = cost
        case .purchase where isCommitted, .refund where isCommitted: charge.amounts.billed = cost
        case .usage where isCommitted: charge.amounts.effective = cost
        default: (charge.amounts.billed, charge.amounts.effective) = (cost, cost)
        }
    }

    /// What is priced in one currency and billed in another states the rate between them.
    override func ownFactor(into target: Currency) throws(FieldFault) -> ExchangeFactor? {
        guard !isNull(layout.pricingCurrency), !isNull(layout.exchangeRate), let number = try currency(layout.pricingCurrency),
            numbers.currencies[number] == target, let rate = try amount(layout.exchangeRate)
        else { return nil }
        return ExchangeFactor(dividingBy: rate)
    }

    override func field(of cost: CostBasis) -> Int { layout.cost }

    /// In units, not in blocks of them.
    override func quantity() -> ChargeQuantity? {
        guard let kind = try? kind(), kind == .usage, let column = layout.quantity, let unit = layout.unit, !isNull(column),
            let blocks = FixedDecimal(exactly: string(column))
        else { return nil }
        let (block, name) = Self.block(string(unit))
        return ChargeQuantity(blocks.scaled(by: block, over: 1).description, unit: name)
    }

    /// `10K` is 10,000 units, `100 Hours` 100 hours, `1 GB/Month` one of them.
    static func block(_ unit: String) -> (size: Int128, name: String) {
        let digits = unit.drop { $0 == " " }.prefix { $0.isNumber }
        guard var size = Int128(digits) else { return (1, unit) }
        var name = unit.drop { $0 == " " }.dropFirst(digits.count)
        if let first = name.first, let factor = ["K": 1000, "M": 1_000_000, "B": 1_000_000_000][first],
            name.dropFirst().first.map({ !$0.isLetter }) ?? true
        {
            size *= Int128(factor)
            name = name.dropFirst()
        }
        let rest = String(name.drop { $0 == " " })
        return (size, rest.isEmpty ? "Units" : rest == "Hour" ? "Hours" : rest)
    }

    // MARK: What it is for

    override func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        switch text {
        case .provider: details.bytes(of: provider)
        case .account: try derived(layout.subscription, &accounts) { Self.subscription($0) }
        case .resource: try derived(layout.resource, &resources) { $0.lowercased() }
        case .region: try derived(layout.location, &regions) { region($0) }
        case .service: try service()
        case .commitment, .commitmentType, .commitmentCategory: commitment(text)
        case .meter: meter()
        default: stated(places[text])
        }
    }

    /// The two datasets state a charge in two rows on the same terms.
    override func terms() throws(FieldFault) -> ChargeTerms.Pricing {
        if try kind() == .unused { return .unused }
        if try isCommitted() { return .used }
        return switch string(layout.pricingModel).lowercased().filter({ $0 != " " }) {
        case "ondemand": .onDemand
        case "spot": .dynamic
        default: .unstated
        }
    }

    /// A savings plan commits to spend, a reservation to use.
    private func commitment(_ text: ChargeText) -> UnsafeBufferPointer<UInt8> {
        guard !isNull(layout.benefit), text != .commitment else { return stated(layout.benefit) }
        let isPlan = string(layout.benefit).lowercased().contains("/microsoft.billingbenefits/")
        let name = text == .commitmentType ? (isPlan ? "Savings Plan" : "Reservation") : isPlan ? "Spend" : "Usage"
        return details.bytes(of: details.number(of: name))
    }

    /// `Bandwidth Inter-Region Intra Continent Data Transfer Out`
    private func meter() -> UnsafeBufferPointer<UInt8> {
        let names = layout.meters.filter { !isNull($0) }.map { string($0) }
        return details.bytes(of: details.number(of: names.joined(separator: " ")))
    }

    /// A text that follows from one column.
    private func derived(
        _ column: Int?, _ memo: inout FieldMemo, _ make: (String) -> String
    ) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        guard let column, !isNull(column) else { return stated(nil) }
        let field = record[column]
        return details.bytes(of: try memo.value(of: field.bytes) { () throws(FieldFault) in details.number(of: make(field.text)) })
    }

    /// As FOCUS has it: with its path.
    private static func subscription(_ id: String) -> String {
        id.lowercased().hasPrefix("/subscriptions/") ? id.lowercased() : "/subscriptions/\(id.lowercased())"
    }

    private func region(_ location: String) -> String {
        let lower = location.lowercased()
        if lower == "unassigned" { return "" }
        if let id = AzureRegions.id(of: location) { return id }
        unknownPlaces.insert(location)
        return lower.filter { $0 != " " }
    }

    /// What was bought of others is theirs; else what the resource's type belongs to, else what its meter is called.
    private func service() throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        if string(layout.publisherType).lowercased() == "marketplace", !isNull(layout.publisher) { return stated(layout.publisher) }
        let consumed = string(layout.consumedService).lowercased()
        let type = Self.type(of: string(layout.resource))
        if let name = AzureServices.name(ofType: type, consumed: consumed) { return details.bytes(of: details.number(of: name)) }
        if !type.isEmpty { unknownTypes.insert(type) }
        return stated(isNull(layout.meterCategory) ? layout.consumedService : layout.meterCategory)
    }

    /// `microsoft.compute/virtualmachines` of `/subscriptions/…/providers/Microsoft.Compute/virtualMachines/web`.
    static func type(of resource: String) -> String {
        let parts = resource.lowercased().split(separator: "/")
        guard let at = parts.lastIndex(of: "providers"), at + 1 < parts.count else { return "" }
        let named = parts[(at + 1)...]
        let types = named.dropFirst().enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        return ([parts[at + 1]] + types).joined(separator: "/")
    }

    /// `"team": "web","env": "prod"`, mostly without the braces.
    override func tagSet() throws(FieldFault) -> Int32 {
        guard !numbers.tagSets.isUnasked, let column = layout.tags else { return 0 }
        return try tagSet(in: column, expected: "tags as in a JSON object") { text, tags throws(TagsReader.Fault) in
            let isWhole = text.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "{")
            try TagsReader.forEach(in: isWhole ? text : [UInt8(ascii: "{")] + text + [UInt8(ascii: "}")]) { key, value in
                tags.add(key: key, value: value)
            }
        }
    }

    override func origin(of column: FOCUSValue) -> ValueOrigin { AzureOrigins.origin(of: column, in: self) }

    // MARK: What is to be said of the file

    override func remark(_ problems: RowProblems) {
        if dataset == .unknown {
            let isDecided = undecidedRows == 0
            problems.add(
                isDecided ? .note : .partial, id: "unknown-dataset",
                "neither a manifest nor a name says whether these are actual or amortised costs"
                    + (isDecided
                        ? ": they are the same where no commitment is used"
                        : ", and \(undecidedRows) \(undecidedRows == 1 ? "row is" : "rows are") of commitments: say 'actual' or 'amortized' in the file's name")
            )
        }
        note(unknownTypes, "the service of resources of the type", "their meter's category is taken", problems)
        note(unknownPlaces, "the region of", "it is taken as it is written", problems)
    }

    private func note(_ names: Set<String>, _ what: String, _ instead: String, _ problems: RowProblems) {
        guard let first = names.sorted().first else { return }
        let more = names.count > 1 ? " and \(names.count - 1) more" : ""
        problems.add(.note, id: "unknown-name", "\(what) '\(first)'\(more) is not known: \(instead)")
    }
}
