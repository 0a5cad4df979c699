import CostModel

/// A row in FOCUS.
final class FOCUSRow: BillRow {
    /// The header, until the first row is read.
    @exclusivity(unchecked) var record: CSVRecord
    private let table: CSVTable
    private let layout: FOCUSLayout
    private let numbers: BillNumbers
    private let sets: TagSets
    private let texts = CSVTexts()
    /// The texts that were found within others.
    private let details = NameTable()
    @exclusivity(unchecked) private var months = FieldMemo()
    @exclusivity(unchecked) private var days = FieldMemo()
    @exclusivity(unchecked) private var categories = FieldMemo()
    @exclusivity(unchecked) private var currencies = FieldMemo()
    @exclusivity(unchecked) private var tagSets = FieldMemo()
    @exclusivity(unchecked) private var instanceTypes = FieldMemo()

    init(_ table: CSVTable, _ layout: FOCUSLayout, _ numbers: BillNumbers) {
        record = table.header
        self.table = table
        self.layout = layout
        self.numbers = numbers
        sets = numbers.tagSets
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
        return Month(try months.value(of: record[index].bytes) { () throws(FieldFault) in try record.day(index).month.number })
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
        charge.stated = [.billed, .effective]
        charge.amounts.billed = try record.amount(layout.billedCost)
        charge.amounts.effective = try record.amount(layout.effectiveCost)
        if let index = layout.listCost, !record[index].isNull {
            charge.amounts.list = try record.amount(index)
            charge.stated.insert(.list)
        }
        if let index = layout.contractedCost, !record[index].isNull {
            charge.amounts.contracted = try record.amount(index)
            charge.stated.insert(.contracted)
        }
        return charge
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
        case .service: stated(layout.serviceName)
        case .region: stated(layout.regionId)
        case .resource: stated(layout.resourceId)
        case .sku: stated(layout.skuId)
        case .skuPrice: stated(layout.skuPriceId)
        case .description: stated(layout.chargeDescription)
        case .instanceType: try instanceType()
        }
    }

    @inline(__always)
    private func stated(_ column: Int?) -> UnsafeBufferPointer<UInt8> {
        guard let column else { return UnsafeBufferPointer(start: nil, count: 0) }
        return texts.text(of: record[column])
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
                throw FieldFault(field: index, message: "expected a JSON object, found \(field.excerpt)")
            }
            return details.number(of: found)
        }
        return found != 0 ? details.bytes(of: found) : stated(layout.instanceType)
    }

    func tagSet() throws(FieldFault) -> Int32 {
        guard !sets.keys.isEmpty, let index = layout.tags else { return 0 }
        let field = record[index]
        guard !field.isNull else { return 0 }
        return try tagSets.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var tags = sets.draft()
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: field.unquoted) { key, value in tags.add(key: key, value: value) }
            } catch {
                throw FieldFault(field: index, message: "expected a JSON object of tags, found \(field.excerpt)")
            }
            return sets.number(of: tags)
        }
    }

    /// What was consumed, else what was priced.
    func quantity() -> ChargeQuantity? {
        for (column, unitColumn) in [(layout.consumedQuantity, layout.consumedUnit), (layout.pricingQuantity, layout.pricingUnit)] {
            guard let column, let unitColumn, !record[column].isNull, !record[unitColumn].isNull else { continue }
            if let quantity = ChargeQuantity(record[column].text, unit: record[unitColumn].text) { return quantity }
        }
        return nil
    }
}
