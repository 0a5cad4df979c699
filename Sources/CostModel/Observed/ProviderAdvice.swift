/// What a provider advises about one of its resources, as its own client printed it.
///
/// It is an opinion beside ours: it was made from samples and prices that we have not seen, so that it is always shown as the provider's.
package struct ProviderAdvice: Hashable, Sendable {
    package enum Action: String, Hashable, Sendable, CaseIterable {
        /// Another size of the same resource.
        case rightsize
        case stop, delete
        /// A newer generation of the same thing.
        case upgrade
        /// Another architecture, such as Graviton.
        case migrate
        /// A commitment, such as a Savings Plan.
        case purchase
        case scaleIn = "scale-in"
        case other
    }

    package var format: AdviceFormat
    /// What the workspace calls the source.
    package var source: String
    package var action: Action
    /// The size that the provider took the resource for; nil: it does not say.
    package var current: String?
    /// The size that it proposes.
    package var proposed: String?
    /// Its own estimate for a month, in the workspace's currency; nil: it states none, or in another currency.
    package var monthlySavings: Money?
    /// What it assumes, in words: `14 days of samples`, `performance risk 1 of 4`, `list prices`.
    package var assumptions: [String]
    /// When the provider looked at the resource last; nil: it does not say.
    package var refreshed: Instant?
    /// The provider's own sentence, if it has one.
    package var summary: String?

    package init(
        format: AdviceFormat, source: String, action: Action, current: String? = nil, proposed: String? = nil,
        monthlySavings: Money? = nil, assumptions: [String] = [], refreshed: Instant? = nil, summary: String? = nil
    ) {
        self.format = format
        self.source = source
        self.action = action
        self.current = current
        self.proposed = proposed
        self.monthlySavings = monthlySavings
        self.assumptions = assumptions
        self.refreshed = refreshed
        self.summary = summary
    }

    package var provider: String { format.provider }

    /// `AWS advises m5.large`, `AWS advises to stop it`
    package var sentence: String {
        let what =
            switch action {
            case .rightsize: proposed ?? "another size"
            case .stop: "to stop it"
            case .delete: "to delete it"
            case .upgrade: proposed.map { "to upgrade it to \($0)" } ?? "to upgrade it"
            case .migrate: proposed.map { "to migrate it to \($0)" } ?? "to migrate it"
            case .purchase: proposed.map { "to buy \($0)" } ?? "to buy a commitment"
            case .scaleIn: proposed.map { "to scale it in to \($0)" } ?? "to scale it in"
            case .other: proposed ?? summary ?? "a change"
            }
        return "\(provider) advises \(what)"
    }

    /// `14 days of samples, performance risk 1 of 4`; empty where it does not say.
    package var assumed: String { assumptions.joined(separator: ", ") }

    /// The order in which advice about one resource is shown.
    package static func precedes(_ a: ProviderAdvice, _ b: ProviderAdvice) -> Bool { a.order.lexicographicallyPrecedes(b.order) }

    private var order: [String] {
        [action == .rightsize ? "0" : "1", format.rawValue, source, action.rawValue, proposed ?? "", current ?? "", summary ?? "", assumed]
    }
}

/// All advice that counts, by what it is about.
package struct AdviceBook: Hashable, Sendable {
    /// By a resource's name in its comparable form (see `BilledName`); empty: about no single resource, such as the purchase of a plan.
    package private(set) var entries: [String: [ProviderAdvice]] = [:]

    package init() {}

    package var isEmpty: Bool { entries.isEmpty }

    /// - Parameter name: the arn or id by which the provider knows it.
    package mutating func add(_ advice: ProviderAdvice, of name: String) {
        let name = BilledName.comparable(name)
        guard !(entries[name]?.contains(advice) ?? false) else { return }
        entries[name, default: []].append(advice)
        entries[name]?.sort(by: ProviderAdvice.precedes)
    }

    /// In the order in which it is shown.
    package func advice(of resource: Resource) -> [ProviderAdvice] {
        guard !entries.isEmpty, let deployed = resource.deployed else { return [] }
        let found = Set(deployed.comparableNames).compactMap { entries[$0] }
        return found.count == 1 ? found[0] : Set(found.joined()).sorted(by: ProviderAdvice.precedes)
    }
}

/// Advice and the resource that it is about; nil: about none of the code.
package struct ResourceAdvice: Hashable, Sendable {
    package var resource: Finding.ResourceReference?
    package var location: Place?
    package var advice: ProviderAdvice

    package init(resource: Finding.ResourceReference?, location: Place?, advice: ProviderAdvice) {
        self.resource = resource
        self.location = location
        self.advice = advice
    }
}

/// Where recommendations of a provider come from.
package struct AdviceSource: Hashable, Sendable {
    package var name: String
    package var place: Place
    package var format: AdviceFormat
    /// None where a command is asked.
    package var paths: [String]
    /// The name of an operator's command.
    package var command: String?
    /// Counted from when the provider looked at a resource last; nil: advice is never too old.
    package var maxAge: TimeSpan?

    package init(
        name: String, place: Place, format: AdviceFormat, paths: [String] = [], command: String? = nil, maxAge: TimeSpan? = .days(7)
    ) {
        self.name = name
        self.place = place
        self.format = format
        self.paths = paths
        self.command = command
        self.maxAge = maxAge
    }
}
