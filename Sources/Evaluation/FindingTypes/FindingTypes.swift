/// All that can be found, sorted by id: what each judge says of itself, and what no single judge finds: spend that
/// nobody owns, and modules whose code is not here.
package enum FindingTypes {
    package static let all = (Judges.findingTypes + [UnownedSpend.description, UnseenCode.description]).sorted { $0.id < $1.id }

    package static func type(_ id: String) -> FindingType? { all.first { $0.id == id } }
}
