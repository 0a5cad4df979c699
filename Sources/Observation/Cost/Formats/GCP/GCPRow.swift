import CostModel
import JSON

/// A row of Google's detailed export.
///
/// What is charged is the cost and all of its credits, as Google's own query for an invoice adds them up. Commitments credit the use that they
/// cover, or lower its price, and bill a fee of their own: which use a fee pays for the export does not say, so effective cost is what is
/// charged.
final class GCPRow: BillRow {
    var record = GCPRecord()
    /// The column of a field, or its number where the row is no table's.
    let columns: [Int]
    /// The line on which the row starts.
    var line = 0
    /// The whole row as it is written, while it is handed out.
    var content = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// 1: the promotions of the row, as a credit.
    var part = 0
    private let numbers: BillNumbers
    private let required: StatedCosts
    private let details = NameTable()
    private let provider: Int32
    private var credits: GCPCredits?
    private(set) var oddities: RowOddities = []
    private(set) var examples: [UInt8: OddityExample] = [:]
    @exclusivity(unchecked) private var times = FieldMemo()
    @exclusivity(unchecked) private var months = FieldMemo()
    @exclusivity(unchecked) private var currencies = FieldMemo()
    @exclusivity(unchecked) private var tagSets = FieldMemo()
    private static let unreadable: Int32 = -1

    init(_ numbers: BillNumbers, columns: [Int], requiring required: Set<CostBasis>) {
        self.numbers = numbers
        self.columns = columns
        self.required = StatedCosts(required.map { StatedCosts($0) })
        provider = details.number(of: "Google Cloud")
    }

    /// Google's export has no name for a line: a copy agrees with it to the letter.
    func copyKey() -> UInt64? { part == 0 ? RowTrace.hash.hashLong(content) : nil }

    func trace() -> RowTrace {
        RowTrace(
            content: RowTrace.hash.hashLong(content), resource: RowTrace.digest(text(.resource)),
            service: RowTrace.digest(text(.service)), line: line)
    }

    private func fault(_ field: GCPField, expected: String) -> FieldFault {
        let found = record[field].map { "'" + String(decoding: $0.prefix(60), as: UTF8.self) + "'" } ?? "nothing"
        return FieldFault(field: columns[field.ordinal], message: "expected \(expected), found \(found)")
    }

    private func value(
        of field: GCPField, _ memo: inout FieldMemo, expected: String, _ decode: (String) -> Int32?
    ) throws(FieldFault) -> Int32 {
        guard let bytes = record[field] else { throw fault(field, expected: expected) }
        let decoded: Result<Int32, FieldFault> = bytes.withUnsafeBufferPointer { buffer in
            do throws(FieldFault) {
                return .success(
                    try memo.value(of: buffer) { () throws(FieldFault) in
                        guard let value = decode(String(decoding: buffer, as: UTF8.self)) else { throw fault(field, expected: expected) }
                        return value
                    })
            } catch {
                return .failure(error)
            }
        }
        return try decoded.get()
    }

    private func amount(_ field: GCPField) throws(FieldFault) -> FixedDecimal? {
        guard let bytes = record[field] else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(FixedDecimal.ParseError) { return try FixedDecimal(text) } catch {
            guard error == .tooManyDigits, let amount = Array(bytes).withUnsafeBufferPointer({ FixedDecimal(rounding: $0) }) else {
                throw fault(field, expected: "a decimal number")
            }
            note(.rounded, field, "")
            return amount
        }
    }

    private func note(_ oddity: RowOddities, _ field: GCPField, _ message: String) {
        oddities.insert(oddity)
        guard examples[oddity.rawValue] == nil else { return }
        examples[oddity.rawValue] = OddityExample(line: line, column: field.rawValue, message: message)
    }

    // MARK: What the row holds

    /// How many charges: promotions are one of their own, beside what they are taken from.
    func charges() throws(FieldFault) -> Int {
        part = 0
        credits = nil
        oddities = []
        guard let list = record[.credits], list.count > 2 else { return 1 }
        do throws(JSONError) {
            credits = try GCPCredits(PythonLiteral.json(list))
        } catch {
            throw fault(.credits, expected: "a list of credits with their amounts")
        }
        return credits?.promotions.isZero ?? true ? 1 : 2
    }

    /// The month of the invoice: it turns at midnight in California, and late use is in a later one.
    func billingMonth() throws(FieldFault) -> Month {
        Month(
            try value(of: .month, &months, expected: "a month such as 202610") { text in
                text.utf8.count == 6 ? Day("\(text.prefix(4))-\(text.suffix(2))-01")?.month.number : nil
            })
    }

    func charge() throws(FieldFault) -> Charge {
        oddities = []
        let day = Day(
            try value(of: .start, &times, expected: "a time such as 2026-10-31 00:00:00 UTC") { text in
                Instant(text).flatMap { $0.day.mayBeBilled ? $0.day.number : nil }
            })
        var charge = Charge(day: day, category: category)
        if record[.currency] != nil {
            charge.currency = Int(
                try value(of: .currency, &currencies, expected: "a currency's code such as USD") { text in
                    Currency(text).map { numbers.number(of: $0) }
                })
        }
        charge.stated = [.billed, .effective, .list]
        if credits?.isRounded ?? false { note(.rounded, .credits, "") }
        if part == 1 {
            let promotions = credits?.promotions ?? .zero
            (charge.amounts.billed, charge.amounts.effective) = (promotions, promotions)
            return charge
        }
        guard let cost = try amount(.cost) else { throw fault(.cost, expected: "a decimal number") }
        let net = cost + (credits?.others ?? .zero)
        (charge.amounts.billed, charge.amounts.effective) = (net, net)
        if let list = try amount(.list) {
            charge.amounts.list = list
        } else {
            guard !required.contains(.list) else { throw fault(.list, expected: "a decimal number") }
            charge.stated.remove(.list)
        }
        return charge
    }

    private var category: ChargeCategory {
        if part == 1 { return .credit }
        return switch record.text(.type) {
        case "tax": .tax
        case "rounding_error": .adjustment
        default: record.text(.adjustment) == "MANUAL_ADJUSTMENT" ? .adjustment : .usage
        }
    }

    func lastDay(of charge: Charge) -> Day {
        guard let end = Instant(record.text(.end)) else { return charge.day }
        let last = Instant(seconds: end.seconds - 1).day
        return charge.day < last && charge.day.distance(to: last) <= BillingPeriods.longest ? last : charge.day
    }

    /// Google's prices are in US dollars; the row states the rate by which they became what is charged.
    func ownFactor(into target: Currency) throws(FieldFault) -> ExchangeFactor? {
        guard target == .usd, let rate = try amount(.rate) else { return nil }
        return ExchangeFactor(dividingBy: rate)
    }

    func field(of cost: CostBasis) -> Int { columns[(cost == .list ? GCPField.list : .cost).ordinal] }

    func quantity() -> ChargeQuantity? {
        guard part == 0, category == .usage, !record.text(.skuText).hasPrefix("Commitment"), record[.used] != nil else { return nil }
        return ChargeQuantity(record.text(.used), unit: record.text(.unit))
    }

    func text(_ text: ChargeText) -> UnsafeBufferPointer<UInt8> {
        switch text {
        case .provider: details.bytes(of: provider)
        case .account: stated(.project)
        case .service: stated(.service)
        case .region: stated(.region)
        case .resource: stated(.resource)
        // Taxes and the like have numbers that are no SKUs.
        case .sku, .skuPrice: stated(record.text(.type) == "regular" ? .sku : nil)
        case .description, .meter: stated(.skuText)
        // The export does not say which commitment pays for what.
        case .instanceType, .commitment, .commitmentType, .commitmentCategory, .usageType, .operation: stated(nil)
        }
    }

    private func stated(_ field: GCPField?) -> UnsafeBufferPointer<UInt8> {
        guard let field, let bytes = record[field] else { return UnsafeBufferPointer(start: nil, count: 0) }
        return details.bytes(of: details.number(of: Array(bytes)))
    }

    /// Labels of the resource; those of its project are another scheme.
    func tagSet() throws(FieldFault) -> Int32 {
        let sets = numbers.tagSets
        guard !sets.isUnasked, let bytes = record[.labels], bytes.count > 2 else { return 0 }
        let set = try value(of: .labels, &tagSets, expected: "a list of labels") { text in
            var tags = sets.draft()
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: PythonLiteral.json(text.utf8)) { key, value in tags.add(key: key, value: value) }
                return sets.number(of: tags)
            } catch {
                return Self.unreadable
            }
        }
        guard set == Self.unreadable else { return set }
        note(.tags, .labels, "expected a list of labels, found '\(record.text(.labels).prefix(60))'")
        return 0
    }

    // MARK: How it was read

    func origin(of column: FOCUSValue) -> ValueOrigin {
        switch column {
        case .billedCost where part == 1: origin([.credits], "the promotions among the credits")
        case .billedCost: origin([.cost, .credits], "the cost and all credits but promotions, which are a charge of their own")
        case .effectiveCost: origin([.cost, .credits], "as billed: the export does not say which use a commitment's fee pays for")
        case .listCost: origin([.list])
        case .contractedCost: ValueOrigin(rule: "the export does not state it")
        case .billingPeriod: origin([.month], "the month of the invoice")
        case .chargePeriod: origin([.start], "its day in UTC")
        case .category: origin([.type, .adjustment], part == 1 ? "promotions are credits" : "by the type of cost")
        case .provider: ValueOrigin(rule: "the export is Google's")
        case .currency: origin([.currency, .rate], record[.rate] == nil ? nil : "charged in it; the rate is that from US dollars")
        case .account: origin([.project])
        case .service: origin([.service])
        case .region: origin([.region])
        case .resource: origin([.resource])
        case .sku, .skuPrice: origin([.sku, .type], "of regular costs: taxes and the like have numbers that are no SKUs")
        case .description: origin([.skuText])
        case .quantity: origin([.used, .unit])
        }
    }

    private func origin(_ fields: [GCPField], _ rule: String? = nil) -> ValueOrigin {
        ValueOrigin(
            from: fields.compactMap { field in
                record[field].map { "\(field.rawValue) '\(String(decoding: $0.prefix(60), as: UTF8.self))\($0.count > 60 ? "…" : "")'" }
            }, rule: rule)
    }
}
