import CostModel

/// A line of a Cost and Usage Report, legacy or 2.0.
///
/// Its cost is the *net* one, after discounts, where the report has the column: AWS adds it for accounts with discounts. One basis a file:
/// the lines of discounts are zero there, since the usage has them already.
final class CURRow: CSVRow {
    let layout: CURLayout
    private let required: StatedCosts
    private let tagKeys: CURTags
    private let askedColumns: [(key: [UInt8], column: Int)]
    /// The texts that were found within others, and those that follow from the format.
    private let details = NameTable()
    private let provider: Int32
    @exclusivity(unchecked) private var kinds = FieldMemo()
    @exclusivity(unchecked) private var productNames = FieldMemo()
    @exclusivity(unchecked) private var productRegions = FieldMemo()
    /// Types of lines that are not known, with the number of their lines.
    private var unknownKinds: [String: Int] = [:]
    private var discountLines = 0
    private var pricedSplits = 0
    private static let splitOperations = ["EKSPod-EC2", "ECSTask-EC2"]

    init(_ table: CSVTable, _ layout: CURLayout, _ numbers: BillNumbers, requiring required: Set<CostBasis>) {
        self.layout = layout
        provider = details.number(of: "AWS")
        self.required = StatedCosts(required.map { StatedCosts($0) })
        let keys = numbers.tagSets.keys
        tagKeys = CURTags(keys)
        askedColumns = layout.tagColumns.flatMap { key, column in
            let asked = keys.filter { $0 == key || CURTags.snake($0) == key }
            return (asked.isEmpty && numbers.tagSets.asks(for: key) ? [key] : asked).map { (key: Array($0.utf8), column: column) }
        }
        super.init(
            table, numbers,
            places: [
                .account: layout.names["lineitemusageaccountid"], .sku: layout.names["productsku"],
                .skuPrice: layout.names["pricingratecode"], .description: layout.names["lineitemlineitemdescription"],
                .instanceType: layout.names["productinstancetype"], .resource: layout.resource,
                .usageType: layout.usageType, .operation: layout.operation,
            ])
    }

    // MARK: What the line is

    /// Nil for a type that is not known: it counts at its cost, as AWS's queries have it.
    func kind() throws(FieldFault) -> CURLineItem? {
        let (record, index) = (record, layout.type)
        let number = try kinds.value(of: record[index].bytes) { () throws(FieldFault) in
            guard !record[index].isNull else { throw record.fault(index, expected: "the type of a line item such as Usage") }
            let text = record[index].text
            return Int32(CURLineItem.allCases.firstIndex { $0.rawValue == text } ?? -1)
        }
        return number < 0 ? nil : CURLineItem.allCases[Int(number)]
    }

    /// What splits the cost of a machine that the report has already.
    private var isSplit: Bool {
        if !isNull(layout.splitParent) { return true }
        guard let operation = layout.operation else { return false }
        let bytes = record[operation].bytes
        return Self.splitOperations.contains { $0.utf8.elementsEqual(bytes) }
    }

    override func charges() throws(FieldFault) -> Int {
        if isSplit {
            if try !net().isZero { pricedSplits += 1 }
            return 0
        }
        switch try kind() {
        case .savingsPlanNegation: return 0
        case .savingsPlanRecurringFee, .reservationFee:
            // What is paid, and what of it was not used.
            return try unused()?.isZero ?? true ? 1 : 2
        case nil:
            unknownKinds[string(layout.type), default: 0] += 1
            return 1
        default: return 1
        }
    }

    override var isIdentified: Bool { layout.identity.map { !isNull($0.line) && !isNull($0.interval) } ?? false }

    override func lineKey() -> UInt64 {
        guard isIdentified, let identity = layout.identity else { return super.lineKey() }
        let hash = RowTrace.hash
        return [identity.line, identity.interval].reduce(hash.hash(record[layout.billingStart].bytes)) {
            hash.joined($0, hash.hash(record[$1].bytes))
        }
    }

    override func billingMonth() throws(FieldFault) -> Month { try day(layout.billingStart).month }

    override func lastDay(of charge: Charge) -> Day { lastDay(before: layout.end, of: charge) }

    // MARK: What it costs

    /// After discounts where the report has that column.
    private func net() throws(FieldFault) -> FixedDecimal {
        if let column = layout.netUnblended {
            if let net = try amount(column) { return net }
            if try kind()?.isDiscount ?? false { return .zero }
        }
        guard let cost = try amount(layout.unblended) else { throw record.fault(layout.unblended, expected: "a decimal number") }
        return cost
    }

    /// What the commitment cost that nobody used; nil where the report does not say.
    private func unused() throws(FieldFault) -> FixedDecimal? {
        guard try kind() == .savingsPlanRecurringFee else {
            guard let upfront = try amount(first(of: layout.unusedUpfront)), let recurring = try amount(first(of: layout.unusedRecurring))
            else { return nil }
            return upfront + recurring
        }
        guard let total = try amount(layout.planTotal), let used = try amount(layout.planCommitted) else { return nil }
        return total - used
    }

    /// Nil where the report does not say.
    private func effective(_ kind: CURLineItem?, _ net: FixedDecimal) throws(FieldFault) -> FixedDecimal? {
        switch kind {
        case .savingsPlanCoveredUsage: try amount(first(of: layout.planUsed))
        case .discountedUsage: try amount(first(of: layout.reservationUsed))
        case .savingsPlanRecurringFee, .reservationFee: try unused() == nil ? nil : .zero
        case .savingsPlanUpfrontFee: .zero
        case .fee where !isNull(layout.reservationName): .zero
        case .refund where Self.isPlanRefund(string(places[.description])): .zero
        default: net
        }
    }

    /// What was paid back for a plan that covers nothing any more was no cost of its own.
    private static func isPlanRefund(_ description: String) -> Bool {
        description.hasPrefix("Refund for one-time fee for Savings Plan ID")
    }

    override func charge() throws(FieldFault) -> Charge {
        begin()
        let kind = try kind()
        var charge = Charge(day: try day(layout.start), category: Self.category(kind))
        charge.currency = try currency(layout.currency)
        charge.stated = .all
        if part == 1 {
            charge.category = .usage
            charge.amounts.effective = try unused() ?? .zero
            return charge
        }
        let net = try net()
        charge.amounts.billed = kind == .savingsPlanCoveredUsage ? .zero : net
        if let effective = try effective(kind, net) {
            charge.amounts.effective = effective
        } else {
            guard !required.contains(.effective) else {
                throw FieldFault(
                    field: layout.type,
                    message:
                        "the report does not say what a line \(record[layout.type].excerpt) costs effectively: it lacks the columns for it")
            }
            charge.stated.remove(.effective)
        }
        try addPrices(kind, net, &charge)
        return charge
    }

    private func addPrices(_ kind: CURLineItem?, _ net: FixedDecimal, _ charge: inout Charge) throws(FieldFault) {
        guard let kind, kind.isUsage else {
            charge.amounts.contracted = net
            charge.amounts.list = kind?.isDiscount ?? false ? .zero : try amount(layout.unblended) ?? net
            return
        }
        if let list = try amount(layout.publicCost) { charge.amounts.list = list } else { charge.stated.remove(.list) }
        guard kind == .savingsPlanCoveredUsage || kind == .discountedUsage else {
            charge.amounts.contracted = net
            return
        }
        // Before what was negotiated: the report does not say what the usage would have cost without the commitment.
        charge.amounts.contracted = charge.amounts.list
        if !charge.stated.contains(.list) { charge.stated.remove(.contracted) }
    }

    private static func category(_ kind: CURLineItem?) -> ChargeCategory {
        switch kind {
        case .tax: .tax
        case .credit: .credit
        case .some(let kind) where kind.isFee: .purchase
        default: .usage
        }
    }

    override func field(of cost: CostBasis) -> Int { layout.netUnblended ?? layout.unblended }

    override func quantity() -> ChargeQuantity? {
        // Fees count hours or money in the same column.
        guard part == 0, let kind = try? kind(), kind.isUsage, let quantity = layout.quantity, let unit = layout.unit,
            !isNull(quantity), !isNull(unit)
        else { return nil }
        return ChargeQuantity(string(quantity), unit: string(unit))
    }

    // MARK: What it is for

    override func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        switch text {
        case .provider: details.bytes(of: provider)
        case .service: try named(layout.service, "product_name", &productNames)
        case .region: try named(layout.region, "region", &productRegions)
        case .resource: try resource()
        case .commitment, .commitmentType, .commitmentCategory: try commitment(text)
        default: stated(places[text])
        }
    }

    /// From the map of CUR 2.0, else from the first column that says something; AWS's own name of a product stands first in either.
    private func named(_ columns: [Int], _ key: StaticString, _ memo: inout FieldMemo) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        guard let product = layout.product, !record[product].isNull else { return stated(first(of: columns)) }
        let field = record[product]
        let found = try memo.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var found: [UInt8] = []
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: field.unquoted) { name, value in
                    if name.elementsEqual(UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)), let value {
                        found = Array(value)
                    }
                }
            } catch {
                throw FieldFault(field: product, message: "expected a JSON object, found \(field.excerpt)")
            }
            return details.number(of: found)
        }
        return found == 0 ? stated(first(of: columns)) : details.bytes(of: found)
    }

    /// Fees are for the plan or the reservation.
    private func resource() throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        if !isNull(layout.resource) { return stated(layout.resource) }
        guard try kind()?.isFee ?? false else { return stated(nil) }
        return stated(isNull(layout.planName) ? layout.reservationName : layout.planName)
    }

    override func tagSet() throws(FieldFault) -> Int32 {
        let sets = numbers.tagSets
        guard !sets.isUnasked else { return 0 }
        if part == 0, let kind = try kind(), kind.isDiscount, try !net().isZero { discountLines += 1 }
        guard let index = layout.resourceTags else {
            guard askedColumns.contains(where: { !record[$0.column].isNull }) else { return 0 }
            var tags = sets.draft()
            for (key, column) in askedColumns where !record[column].isNull { tags.add(key: key, value: Array(stated(column))) }
            return sets.number(of: tags)
        }
        return try tagSet(in: index, expected: "a JSON object of tags") { text, tags throws(TagsReader.Fault) in
            try tagKeys.read(text, into: &tags)
        }
    }

    // MARK: On which terms

    override func terms() throws(FieldFault) -> ChargeTerms.Pricing {
        if part == 1 { return .unused }
        return switch try kind() {
        case .savingsPlanCoveredUsage, .discountedUsage: .used
        case .usage, .flatRate: string(layout.usageType).contains("SpotUsage") ? .dynamic : .onDemand
        // What is given back, or taken off, is so at the price of use on demand; of a plan that covers nothing any more it is of no use.
        case .refund: Self.isPlanRefund(string(places[.description])) ? .unstated : .onDemand
        case .enterpriseDiscount, .bundledDiscount, .privateRateDiscount, .savingsPlanNegotiated: .onDemand
        default: .unstated
        }
    }

    override func hour() throws(FieldFault) -> Int32? {
        guard let column = layout.end, let start = Instant(parsing: record[layout.start].trimmed),
            let end = Instant(parsing: record[column].trimmed), end.seconds - start.seconds == 3_600
        else { return nil }
        return Int32(clamping: start.seconds / 3_600)
    }

    /// A plan commits to spend, a reservation to use.
    private func commitment(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        let isPlan: Bool
        switch try kind() {
        case .savingsPlanCoveredUsage, .savingsPlanRecurringFee, .savingsPlanUpfrontFee: isPlan = true
        case .discountedUsage, .reservationFee: isPlan = false
        case .fee where !isNull(layout.reservationName): isPlan = false
        default: return stated(nil)
        }
        return switch text {
        case .commitment: stated(isPlan ? layout.planName : layout.reservationName)
        case .commitmentType: details.bytes(of: details.number(of: isPlan ? "Savings Plan" : "Reserved Instance"))
        default: details.bytes(of: details.number(of: isPlan ? "Spend" : "Usage"))
        }
    }

    override func origin(of column: FOCUSValue) -> ValueOrigin { CUROrigins.origin(of: column, in: self) }

    // MARK: What is to be said of the file

    override func remark(_ problems: RowProblems) {
        for (kind, count) in unknownKinds.sorted(by: { $0.key < $1.key }) {
            problems.add(
                .note, id: "unknown-line-item",
                "\(count) \(count == 1 ? "line is" : "lines are") of the type '\(kind)', which is not known: counted as usage at the unblended cost"
            )
        }
        if discountLines > 0 {
            problems.add(
                .note, id: "untagged-discounts",
                "\(discountLines) \(discountLines == 1 ? "line is a discount" : "lines are discounts") without tags: costs by tag are before discount"
            )
        }
        if pricedSplits > 0 {
            problems.add(
                .warning, id: "split-cost",
                "\(pricedSplits) \(pricedSplits == 1 ? "line" : "lines") of split cost allocation cost something: they are left out, since they "
                    + "split what the bill has already")
        }
    }
}
