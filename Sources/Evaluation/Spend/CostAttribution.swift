import CostModel

/// The bill joined with the code: whose each line is, and which resource it names.
///
/// Teams and resources are numbers here, so that a quarter of a million lines cost an array look-up each.
struct CostAttribution: Sendable {
    /// By name; their places are the numbers used below.
    let teams: [String]
    private let ownerOfTags: [Int32]
    private let ownerOfName: [Int32]
    private let ownerOfAccount: [Int32]
    private let resourceOfName: [Int32]

    init(table: CostTable, teams names: [String], ownership: Ownership, resources: [Resource]) {
        teams = names
        let numbers = Dictionary(names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        func number(_ team: String?) -> Int32 { team.flatMap { numbers[$0] } ?? -1 }
        ownerOfTags = table.tagSets.map { number(ownership.owner(byTags: $0)) }
        ownerOfName = table.names.map { number(ownership.owner(byResourceID: $0)) }
        ownerOfAccount = table.names.map { number(ownership.owner(byAccount: $0)) }
        var byName: [String: Int32] = [:]
        for (index, resource) in resources.enumerated() {
            for name in resource.deployed?.comparableNames ?? [] where byName[name] == nil { byName[name] = Int32(index) }
        }
        resourceOfName = table.names.map { byName[BilledName.comparable($0)] ?? -1 }
    }

    /// The number of the team that owns the line; nil: unowned.
    func team(of key: CostTable.Key) -> Int? {
        Ownership.first(
            ofTags: Self.known(ownerOfTags[Int(key.tagSet)]), ofPlace: Self.known(ownerOfName[Int(key.resource)]),
            ofAccount: Self.known(ownerOfAccount[Int(key.account)]))
    }

    @inline(__always)
    private static func known(_ number: Int32) -> Int? { number < 0 ? nil : Int(number) }

    /// The index of the resource that the line names.
    func resource(of key: CostTable.Key) -> Int? {
        Self.known(resourceOfName[Int(key.resource)])
    }
}
