package import Patterns

/// Names one object: `TaggingPolicy/cost-allocation`.
package struct PolicyReference: Hashable, Sendable, Comparable, CustomStringConvertible {
    package var kind: PolicyKind
    package var name: String

    package init(_ kind: PolicyKind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    package static func < (a: PolicyReference, b: PolicyReference) -> Bool { (a.kind, a.name) < (b.kind, b.name) }
    package var description: String { "\(kind.rawValue)/\(name)" }
}

package enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
    case low, medium, high, critical

    package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }
}

package enum Enforcement: String, Hashable, Sendable, CaseIterable {
    /// A failing finding fails a check.
    case block
    /// Reported, never failing.
    case warn
    /// Shows what would be.
    case shadow

    /// Whether findings count at all: in figures, scores, plans and the ledger.
    package var counts: Bool { self != .shadow }
}

/// What may be done with a fix. From the most to the least freedom.
package enum Applicability: String, Hashable, Sendable, Comparable, CaseIterable {
    /// May go straight onto the base branch where asked for.
    case automatic
    /// Goes onto a branch; a person reviews it.
    case review
    /// Explained, never written.
    case advisory

    package static func < (a: Applicability, b: Applicability) -> Bool { a.rank < b.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What every policy may say.
package struct PolicyHeader: Hashable, Sendable {
    package var reference: PolicyReference
    /// Where the object's `kind` stands.
    package var place: Place
    package var description: String?
    package var docs: String?
    package var owner: String?
    package var severity: Severity
    package var enforcement: Enforcement
    /// For scorecards: 1 to 3. Tagging and budgets 1, rightsizing 2, unless the policy says otherwise.
    package var level: Int
    package var fixWithin: TimeSpan?
    package var exemptible: Bool
    /// Whether comments in the code may exempt from it.
    package var inlineExemptions: Bool
    /// Whether a new unknown result fails a change, where the policy blocks.
    package var blockUnknown: Bool
    package var fix: Applicability

    package init(
        reference: PolicyReference, place: Place, description: String? = nil, docs: String? = nil, owner: String? = nil,
        severity: Severity = .medium, enforcement: Enforcement = .warn, level: Int, fixWithin: TimeSpan? = nil, exemptible: Bool = true,
        inlineExemptions: Bool = false, blockUnknown: Bool = false, fix: Applicability = .review
    ) {
        self.reference = reference
        self.place = place
        self.description = description
        self.docs = docs
        self.owner = owner
        self.severity = severity
        self.enforcement = enforcement
        self.level = level
        self.fixWithin = fixWithin
        self.exemptible = exemptible
        self.inlineExemptions = inlineExemptions
        self.blockUnknown = blockUnknown
        self.fix = fix
    }
}

/// Which resources a policy speaks about; every part that is stated must hold.
package struct ResourceMatch: Hashable, Sendable {
    /// Globs over the resource type; nil: every type.
    package var types: [Glob]?
    /// Globs over the resource's place, its root's folder and the file that declares it; nil: everywhere.
    package var paths: [PathGlob]?
    /// In CEL, over the resource; nil: whatever the resource says.
    package var condition: Condition?

    package init(types: [Glob]? = nil, paths: [PathGlob]? = nil, condition: Condition? = nil) {
        self.types = types
        self.paths = paths
        self.condition = condition
    }
}
