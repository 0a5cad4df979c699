import CostModel

/// What a charge is attributed to, each as a number: names, tags, the owner.
final class ChargeAttributes {
    let names = NameTable()
    private let tagKeys: [String]
    private let owner: ChargeOwner?
    /// For each asked key the name's number, -1 for none. The first is no tags at all.
    @exclusivity(unchecked) private var tagSets: TupleTable
    @exclusivity(unchecked) private var tagMemo = FieldMemo()
    @exclusivity(unchecked) private var instanceTypeMemo = FieldMemo()
    /// Account, tag set and resource.
    @exclusivity(unchecked) private var owned = TupleTable(width: 3)
    private var ownedKey: [Int32] = [0, 0, 0]
    private var owners: [Int32] = []

    init(_ question: BillQuestion) {
        tagKeys = question.tagKeys
        owner = question.owner
        tagSets = TupleTable(width: tagKeys.count)
        _ = tagSets.insert(Array(repeating: -1, count: max(tagKeys.count, 1)))
    }

    var allTagSets: [[String: String]] { (0..<tagSets.count).map { tags(of: Int32($0)) } }

    /// The asked tags of a set that are there.
    private func tags(of set: Int32) -> [String: String] {
        var tags: [String: String] = [:]
        for (at, number) in tagSets[Int(set)].enumerated() where number >= 0 { tags[tagKeys[at]] = names[number] }
        return tags
    }

    @inline(__always)
    func number(
        of dimension: BillDimension, _ row: FOCUSDecoder.Row, _ record: CSVRecord, _ layout: FOCUSLayout
    ) throws(FieldFault) -> Int32 {
        switch dimension {
        case .day: row.day.number
        case .chargeMonth: row.day.month.number
        case .billingMonth: row.billingMonth.number
        case .category: Int32(row.category.rawValue)
        case .currency: row.currency.map { Int32($0) } ?? -1
        case .account: name(record, layout.subAccountId)
        case .provider: name(record, layout.providerName)
        case .service: name(record, layout.serviceName)
        case .region: name(record, layout.regionId)
        case .resource: name(record, layout.resourceId)
        case .sku: name(record, layout.skuId)
        case .instanceType: try instanceType(of: record, layout)
        case .tagSet: try tagSet(of: record, layout)
        case .tag(let key): tagSets[Int(try tagSet(of: record, layout))][key]
        case .team: try team(of: record, layout)
        }
    }

    @inline(__always)
    private func name(_ record: CSVRecord, _ column: Int?) -> Int32 {
        guard let column else { return 0 }
        return names.number(of: record[column])
    }

    private func team(of record: CSVRecord, _ layout: FOCUSLayout) throws(FieldFault) -> Int32 {
        let account = name(record, layout.subAccountId)
        let resource = name(record, layout.resourceId)
        let set = try tagSet(of: record, layout)
        ownedKey[0] = account
        ownedKey[1] = set
        ownedKey[2] = resource
        let (index, isNew) = owned.insert(ownedKey)
        if isNew {
            let team = owner?(names[account], tags(of: set), names[resource])
            owners.append(team.map { names.number(of: $0) } ?? 0)
        }
        return owners[index]
    }

    private func tagSet(of record: CSVRecord, _ layout: FOCUSLayout) throws(FieldFault) -> Int32 {
        guard !tagKeys.isEmpty, let index = layout.tags else { return 0 }
        let field = record[index]
        guard !field.isNull else { return 0 }
        return try tagMemo.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var numbers = [Int32](repeating: -1, count: tagKeys.count)
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: field.unquoted) { key, value in
                    guard let at = tagKeys.firstIndex(where: { $0.utf8.elementsEqual(key) }) else { return }
                    numbers[at] = value.map { names.number(of: $0) } ?? -1
                }
            } catch {
                throw FieldFault(field: index, message: "expected a JSON object of tags, found \(field.excerpt)")
            }
            return Int32(tagSets.insert(numbers).index)
        }
    }

    /// From `SkuPriceDetails`, else from an export's own column.
    private func instanceType(of record: CSVRecord, _ layout: FOCUSLayout) throws(FieldFault) -> Int32 {
        guard let index = layout.skuPriceDetails, !record[index].isNull else { return name(record, layout.instanceType) }
        let field = record[index]
        let stated = try instanceTypeMemo.value(of: field.bytes) { () throws(FieldFault) -> Int32 in
            var found: [UInt8] = []
            do throws(TagsReader.Fault) {
                try TagsReader.forEach(in: field.unquoted) { key, value in
                    if ["InstanceType", "x_InstanceType"].contains(String(decoding: key, as: UTF8.self)) {
                        found = value.map(Array.init) ?? []
                    }
                }
            } catch {
                throw FieldFault(field: index, message: "expected a JSON object, found \(field.excerpt)")
            }
            return names.number(of: found)
        }
        return stated != 0 ? stated : name(record, layout.instanceType)
    }
}
