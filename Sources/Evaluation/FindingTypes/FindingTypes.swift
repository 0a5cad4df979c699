/// All that can be found, sorted by id: what each judge says of itself, and spend that nobody owns, which no policy asks about.
package enum FindingTypes {
    package static let all = (Judges.findingTypes + [UnownedSpend.description]).sorted { $0.id < $1.id }

    package static func type(_ id: String) -> FindingType? { all.first { $0.id == id } }
}
