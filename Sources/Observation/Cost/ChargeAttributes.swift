import CostModel

/// What a charge is attributed to, each as a number: names, tags, the owner.
final class ChargeAttributes {
    private let names: NameTable
    private let tagSets: TagSets
    private let owner: ChargeOwner?
    /// Account, tag set and resource.
    @exclusivity(unchecked) private var owned = TupleTable(width: 3)
    @exclusivity(unchecked) private var transfers = TransferColumn()
    private var ownedKey: [Int32] = [0, 0, 0]
    private var owners: [Int32] = []

    init(_ numbers: BillNumbers, owner: ChargeOwner?) {
        names = numbers.names
        tagSets = numbers.tagSets
        self.owner = owner
    }

    func exchange(with other: ChargeAttributes) {
        swap(&owned, &other.owned)
        swap(&owners, &other.owners)
    }

    @inline(__always)
    func number(
        of dimension: BillDimension, _ row: some BillRow, _ charge: Charge, billedIn month: Month
    ) throws(FieldFault) -> Int32 {
        switch dimension {
        case .day: charge.day.number
        case .chargeMonth: charge.day.month.number
        case .billingMonth: month.number
        case .category: Int32(charge.category.rawValue)
        case .currency: charge.currency.map { Int32($0) } ?? -1
        case .transfer: try transfers.kind(of: row)
        case .pricing: try row.terms().rawValue
        case .hour: try row.hour() ?? -1
        case .text(let text): names.number(of: try row.text(text))
        case .tagSet: try row.tagSet()
        case .tag(let key): tagSets.value(of: key, in: try row.tagSet())
        case .team: try team(of: row)
        }
    }

    private func team(of row: some BillRow) throws(FieldFault) -> Int32 {
        let account = names.number(of: try row.text(.account))
        let resource = names.number(of: try row.text(.resource))
        let set = try row.tagSet()
        ownedKey[0] = account
        ownedKey[1] = set
        ownedKey[2] = resource
        let (index, isNew) = owned.insert(ownedKey)
        if isNew {
            let team = owner?(names[account], tagSets.tags(of: set), names[resource])
            owners.append(team.map { names.number(of: $0) } ?? 0)
        }
        return owners[index]
    }
}
