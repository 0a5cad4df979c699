/// All that can be found, sorted by id: what each judge says of itself, and spend that nobody owns, which no policy asks about.
package enum RuleRegistry {
    package static let all = (Judges.findingTypes + [UnownedSpend.description]).sorted { $0.id < $1.id }

    package static func rule(_ id: String) -> RuleDescription? { all.first { $0.id == id } }
}
