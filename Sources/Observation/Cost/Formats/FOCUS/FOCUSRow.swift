import CostModel
import Glibc

/// A row in FOCUS.
final class FOCUSRow: BillRow {
    /// The header, until the first row is read.
    @exclusivity(unchecked) var record: CSVRecord
    private let table: CSVTable
    let layout: FOCUSLayout
    private let numbers: BillNumbers
    private let sets: TagSets
    private let texts = CSVTexts()
    /// The texts that were found within others.
    private let details = NameTable()
    @exclusivity(unchecked) private var months = FieldMemo()
    @exclusivity(unchecked) private var days = FieldMemo()
    @exclusivity(unchecked) private var lastDays = FieldMemo()
    /// What was decoded last: the text of an end, the day of the start, the last day.
    @exclusivity(unchecked) private var lastEnd: (words: (UInt64, UInt64, UInt64), day: Day, last: Day) = ((0, 0, 0), Day(0), Day(0))
    @exclusivity(unchecked) private var categories = FieldMemo()
    @exclusivity(unchecked) private var currencies = FieldMemo()
    @exclusivity(unchecked) private var tagSets = FieldMemo()
    @exclusivity(unchecked) private var instanceTypes = FieldMemo()
    @exclusivity(unchecked) var hours = FieldMemo()
    /// The costs that someone asks for: a row that does not state one of them cannot count.
    private let required: StatedCosts
    @exclusivity(unchecked) private(set) var oddities: RowOddities = []
    /// By oddity, where it was met first.
    private(set) var examples: [UInt8: OddityExample] = [:]
    /// By the text of a billing period's start, where it was met first, and the period where it is no calendar month.
    private var periods: [[UInt8]: (line: Int, period: Range<Day>?)] = [:]
    /// Nil where the file allocates nothing.
    let allocation: FOCUSAllocation?
    /// A longer period of a charge or an invoice is a mistake.
    private static let longestPeriod = 400
    /// Stands for a field that cannot be read, among the numbers of what can.
    private static let unreadable: Int32 = -1

    init(_ table: CSVTable, _ layout: FOCUSLayout, _ numbers: BillNumbers, requiring required: Set<CostBasis>) {
        self.required = StatedCosts(required.map { StatedCosts($0) })
        record = table.header
        self.table = table
        self.layout = layout
        self.numbers = numbers
        sets = numbers.tagSets
        allocation = layout.allocatedMethodId.map { _ in FOCUSAllocation() }
    }

    var line: Int { table.line(of: record) }

    func field(of cost: CostBasis) -> Int {
        switch cost {
        case .effective: layout.effectiveCost
        case .billed: layout.billedCost
        case .list: layout.listCost ?? layout.effectiveCost
        case .contracted: layout.contractedCost ?? layout.effectiveCost
        }
    }

    func billingMonth() throws(FieldFault) -> Month {
        let (record, index) = (record, layout.billingPeriodStart)
        return Month(
            try months.value(of: record[index].bytes) { () throws(FieldFault) in
                let start = try record.day(index)
                notePeriod(from: start, record[index])
                return start.month.number
            })
    }

    /// A billing period that is no calendar month, such as that of an invoice of the 15th, is remembered when its start is first met.
    private func notePeriod(from start: Day, _ field: CSVField) {
        let text = Array(field.bytes)
        guard periods[text] == nil, let index = layout.billingPeriodEnd else { return }
        var period: Range<Day>?
        if let end = Instant(parsing: record[index].trimmed)?.day, start < end, start..<end != start.month.days,
            start.distance(to: end) <= Self.longestPeriod
        {
            period = start..<end
        }
        periods[text] = (line, period)
    }

    var billingPeriods: [Month: Range<Day>] {
        var months: [Month: Range<Day>] = [:]
        for period in periods.values.compactMap(\.period) {
            let known = months[period.lowerBound.month] ?? period
            months[period.lowerBound.month] =
                min(known.lowerBound, period.lowerBound)..<max(known.upperBound, period.upperBound)
        }
        return months
    }

    /// Takes what the other parts of a file met: of what was met first the first of all.
    func add(_ parts: [FOCUSRow]) {
        for part in parts {
            periods.merge(part.periods) { $0.line <= $1.line ? $0 : $1 }
            examples.merge(part.examples) { $0.line <= $1.line ? $0 : $1 }
            if let theirs = part.allocation { allocation?.add(theirs) }
        }
    }

    func digest(_ hash: ByteHash) throws(FieldFault) -> UInt64 { hash.hash(record.content) }

    var isCorrection: Bool {
        guard let index = layout.chargeClass else { return false }
        let bytes = record[index].bytes
        return !bytes.isEmpty && bytes.elementsEqual(Self.correction)
    }

    private static let correction = Array("Correction".utf8)

    func lastDay(of charge: Charge) -> Day {
        guard let index = layout.chargePeriodEnd else { return charge.day }
        let field = record[index]
        if field.bytes.count == Self.timeLength, let base = field.bytes.baseAddress {
            let bytes = UnsafeRawPointer(base)
            if endsOnItsDay(bytes) { return charge.day }
            // Rows of one day follow each other: mostly it is the time of the row before.
            let words = (
                bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 12, as: UInt64.self)
            )
            if words == lastEnd.words, charge.day == lastEnd.day { return lastEnd.last }
            lastEnd = (words, charge.day, decodedLastDay(of: charge, field, index))
            return lastEnd.last
        }
        return decodedLastDay(of: charge, field, index)
    }

    /// Of `2026-10-31T00:00:00Z`.
    private static let timeLength = 20
    private static let dateLength = 10

    /// Whether a charge's end has the date of its start, both in UTC: so has nearly every charge of an hour.
    private func endsOnItsDay(_ end: UnsafeRawPointer) -> Bool {
        let start = record[layout.chargePeriodStart].bytes
        guard start.count == Self.timeLength, let base = start.baseAddress else { return false }
        let (last, zone) = (Self.timeLength - 1, UInt8(ascii: "Z"))
        guard base[last] == zone, end.load(fromByteOffset: last, as: UInt8.self) == zone else { return false }
        return memcmp(base, end, Self.dateLength) == 0
    }

    private func decodedLastDay(of charge: Charge, _ field: CSVField, _ index: Int) -> Day {
        let number: Int32
        do throws(FieldFault) {
            number = try lastDays.value(of: field.bytes) { () throws(FieldFault) in
                guard let end = Instant(parsing: field.trimmed) else { throw FieldFault(field: index, message: "") }
                return Instant(seconds: end.seconds - 1).day.number
            }
        } catch {
            // What cannot be read says nothing of how long the charge lasts.
            return charge.day
        }
        let last = Day(number)
        return charge.day < last && charge.day.distance(to: last) <= Self.longestPeriod ? last : charge.day
    }

    func charge() throws(FieldFault) -> Charge {
        let record = record
        let start = layout.chargePeriodStart
        let day = Day(try days.value(of: record[start].bytes) { () throws(FieldFault) in try record.day(start).number })
        let kind = layout.chargeCategory
        let category = try categories.value(of: record[kind].bytes) { () throws(FieldFault) in try Self.category(record, kind) }
        var charge = Charge(day: day, category: ChargeCategory(rawValue: UInt8(category)) ?? .usage)
        if let index = layout.billingCurrency {
            let number = try currencies.value(of: record[index].bytes) { () throws(FieldFault) in
                numbers.number(of: try record.currency(index))
            }
            charge.currency = Int(number)
        }
        oddities = []
        charge.amounts.billed = try amount(layout.billedCost, .billed, &charge)
        charge.amounts.effective = try amount(layout.effectiveCost, .effective, &charge)
        if let index = layout.listCost, !record[index].isNull { charge.amounts.list = try amount(index, .list, &charge) }
        if let index = layout.contractedCost, !record[index].isNull {
            charge.amounts.contracted = try amount(index, .contracted, &charge)
        }
        if let allocation { watch(allocation, charge) }
        if let back = layout.backReference, charge.category == .adjustment, !record[back].isNull { charge.category = .usage }
        if let block = layout.pricingBlock { try correct(&charge, block: block) }
        return charge
    }

    /// Azure's export writes a list cost of 0 for what a commitment pays for and for the marketplace, and a contracted cost that is too low by
    /// the size of the block that the price is for: neither says what it should.
    @inline(never)
    private func correct(_ charge: inout Charge, block: Int) throws(FieldFault) {
        if charge.amounts.list.isZero, !charge.amounts.effective.isZero || !charge.amounts.billed.isZero {
            try leaveOut(.list, layout.listCost, "a list cost of 0 is none", &charge)
        }
        guard !record[block].isNull, try record.amount(block) != FixedDecimal(1) else { return }
        try leaveOut(.contracted, layout.contractedCost, "the export divides it by the size of the block once too often", &charge)
    }

    private func leaveOut(_ cost: CostBasis, _ column: Int?, _ reason: String, _ charge: inout Charge) throws(FieldFault) {
        guard let column else { return }
        if required.contains(StatedCosts(cost)) { throw FieldFault(field: column, message: "what it was cannot be told: \(reason)") }
        if cost == .list { charge.amounts.list = .zero } else { charge.amounts.contracted = .zero }
        charge.stated.remove(StatedCosts(cost))
    }

    @inline(never)
    private func watch(_ allocation: FOCUSAllocation, _ charge: Charge) {
        guard let method = layout.allocatedMethodId, let resource = layout.resourceId, !record[resource].isNull else { return }
        allocation.add(
            isPart: !record[method].isNull, charge, resource: record[resource].bytes, sku: layout.skuId.map { record[$0].bytes })
    }

    @inline(__always)
    private func amount(_ index: Int, _ cost: CostBasis, _ charge: inout Charge) throws(FieldFault) -> FixedDecimal {
        do throws(FixedDecimal.ParseError) {
            let amount = try FixedDecimal(parsing: record[index].bytes)
            charge.stated.insert(StatedCosts(cost))
            return amount
        } catch {
            return try oddAmount(index, cost, &charge)
        }
    }

    /// An amount that is rounded; zero, and not stated, where it cannot be read and nobody asks for it.
    @inline(never)
    private func oddAmount(_ index: Int, _ cost: CostBasis, _ charge: inout Charge) throws(FieldFault) -> FixedDecimal {
        var isRounded = false
        do throws(FieldFault) {
            let amount = try CSVRecord.roundedAmount(record[index], index, &isRounded)
            if isRounded { note(.rounded, index, "") }
            charge.stated.insert(StatedCosts(cost))
            return amount
        } catch {
            guard !required.contains(StatedCosts(cost)) else { throw error }
            note(RowOddities(cost), index, error.message)
            return .zero
        }
    }

    private func note(_ oddity: RowOddities, _ index: Int, _ message: String) {
        oddities.insert(oddity)
        guard examples[oddity.rawValue] == nil else { return }
        examples[oddity.rawValue] = OddityExample(line: line, column: table.columns[index], message: message)
    }

    private static func category(_ record: CSVRecord, _ index: Int) throws(FieldFault) -> Int32 {
        let text = record[index].text
        if let category = ChargeCategory.allCases.first(where: { $0.name == text }) { return Int32(category.rawValue) }
        throw record.fault(index, expected: "Usage, Purchase, Tax, Credit or Adjustment")
    }

    @inline(__always)
    func text(_ text: ChargeText) throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        switch text {
        case .account: stated(layout.subAccountId)
        case .provider: stated(layout.providerName)
        case .service: service
        case .region: stated(layout.regionId)
        case .resource: stated(layout.resourceId)
        case .sku: stated(layout.skuId)
        case .skuPrice: stated(layout.skuPriceId)
        case .description: stated(layout.chargeDescription)
        case .instanceType: try instanceType()
        default: stated(layout.column(of: text))
        }
    }

    @inline(__always)
    private func stated(_ column: Int?) -> UnsafeBufferPointer<UInt8> {
        guard let column else { return UnsafeBufferPointer(start: nil, count: 0) }
        return texts.text(of: record[column])
    }

    /// Azure's export leaves the name out for the marketplace: what is bought there is its publisher's.
    @inline(__always)
    private var service: UnsafeBufferPointer<UInt8> {
        let name = stated(layout.serviceName)
        return name.isEmpty && layout.publisherName != nil ? stated(layout.publisherName) : name
    }

    /// From `SkuPriceDetails`, else from an export's own column.
    private func instanceType() throws(FieldFault) -> UnsafeBufferPointer<UInt8> {
        guard let index = layout.skuPriceDetails, !record[index].isNull else { return stated(layout.instanceType) }
        let field = record[index]
        let found = try instanceTypes.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var found: [UInt8] = []
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: field.unquoted) { key, value in
                    guard ["InstanceType", "x_InstanceType"].contains(String(decoding: key, as: UTF8.self)) else { return }
                    found = value.map { Array($0) } ?? []
                }
            } catch {
                return Self.unreadable
            }
            return details.number(of: found)
        }
        guard found != Self.unreadable else {
            note(.instanceType, index, "expected a JSON object, found \(field.excerpt)")
            return stated(layout.instanceType)
        }
        return found != 0 ? details.bytes(of: found) : stated(layout.instanceType)
    }

    func tagSet() throws(FieldFault) -> Int32 {
        guard !sets.isUnasked else { return 0 }
        if let allocated = layout.allocatedTags, !record[allocated].isNull { return try allocatedTagSet(allocated) }
        guard let index = layout.tags, !record[index].isNull else { return 0 }
        let field = record[index]
        let set = try tagSets.value(of: field.bytes) { () throws(FieldFault) in decodedTags([field]) }
        return set < 0 ? oddTags(set, index) : set
    }

    /// Of a cost that was allocated, such as a container's part of a machine, the tags of what it was allocated to; where those do not name a
    /// key, the machine's own.
    @inline(never)
    private func allocatedTagSet(_ allocated: Int) throws(FieldFault) -> Int32 {
        let fields = [layout.tags, allocated].compactMap { column in column.map { record[$0] } }.filter { !$0.isNull }
        let joined = Array(fields.map { Array($0.bytes) }.joined(separator: [0]))
        let set: Result<Int32, FieldFault> = joined.withUnsafeBufferPointer { bytes in
            do throws(FieldFault) {
                return .success(try tagSets.value(of: bytes) { () throws(FieldFault) in decodedTags(fields) })
            } catch {
                return .failure(error)
            }
        }
        let number = try set.get()
        return number < 0 ? oddTags(number, allocated) : number
    }

    /// The number of a set of tags, of which later fields say more; below zero where they are a list, or cannot be read.
    private func decodedTags(_ fields: [CSVField]) -> Int32 {
        var tags = sets.draft()
        var isList = false
        for field in fields {
            do throws(TagsReader.Fault) {
                if try TagsReader.forEach(in: field.unquoted, { key, value in tags.add(key: key, value: value) }) { isList = true }
            } catch {
                return Self.unreadable
            }
        }
        let number = sets.number(of: tags)
        return isList ? Self.unreadable - 1 - number : number
    }

    private func oddTags(_ set: Int32, _ index: Int) -> Int32 {
        guard set != Self.unreadable else {
            note(.tags, index, "expected a JSON object of tags, found \(record[index].excerpt)")
            return 0
        }
        note(.tagList, index, "")
        return Self.unreadable - 1 - set
    }

    /// What was consumed, else what was priced.
    func quantity() -> ChargeQuantity? {
        for (column, unitColumn) in [(layout.consumedQuantity, layout.consumedUnit), (layout.pricingQuantity, layout.pricingUnit)] {
            guard let column, let unitColumn, !record[column].isNull, !record[unitColumn].isNull else { continue }
            if let quantity = ChargeQuantity(record[column].text, unit: record[unitColumn].text) { return quantity }
        }
        return nil
    }

    // MARK: How it was read

    func origin(of column: FOCUSValue) -> ValueOrigin {
        let index: Int? =
            switch column {
            case .billedCost: layout.billedCost
            case .effectiveCost: layout.effectiveCost
            case .listCost: layout.listCost
            case .contractedCost: layout.contractedCost
            case .currency: layout.billingCurrency
            case .billingPeriod: layout.billingPeriodStart
            case .chargePeriod: layout.chargePeriodStart
            case .category: layout.chargeCategory
            case .provider: layout.providerName
            case .account: layout.subAccountId
            case .service: layout.serviceName
            case .region: layout.regionId
            case .resource: layout.resourceId
            case .sku: layout.skuId
            case .skuPrice: layout.skuPriceId
            case .description: layout.chargeDescription
            case .quantity: layout.consumedQuantity ?? layout.pricingQuantity
            }
        guard let index else { return ValueOrigin(rule: "the file has no such column") }
        return ValueOrigin(from: record[index].isNull ? [] : ["\(table.columns[index]) \(record[index].excerpt)"], rule: rule(of: column))
    }

    private func rule(of column: FOCUSValue) -> String? {
        switch column {
        case .billingPeriod: "its month in UTC"
        case .chargePeriod: "its day in UTC"
        case .category where layout.backReference != nil: "an adjustment that refers back corrects usage"
        case .listCost where layout.pricingBlock != nil: "Azure's export writes 0 where it does not know it"
        case .contractedCost where layout.pricingBlock != nil: "Azure's export divides it by the size of the block once too often"
        case .service where layout.publisherName != nil: "of the marketplace the publisher"
        default: nil
        }
    }
}
