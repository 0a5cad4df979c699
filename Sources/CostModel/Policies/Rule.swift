/// A rule of the user's own: what must hold of resources, in CEL.
package struct Rule: ResourcePolicy {
    package var header: PolicyHeader
    package var match: ResourceMatch
    /// True where the resource is as it should be.
    package var assertion: Condition
    /// What is said where it is not; text in braces is CEL.
    package var message: [MessagePart]
    /// How far back `utilization` looks.
    package var lookback: TimeSpan
    /// Below so many samples a metric's figures are unknown.
    package var minimumSamples: Int
    /// What `params` holds.
    package var parameters: [Parameter]
    /// Monthly dollars at stake; nil: all that the resource costs.
    package var atStake: Condition?
    /// Monthly dollars that fixing it saves; nil: not said.
    package var saves: Condition?
    /// Arguments and the values that would fix it, by path: `root_block_device.volume_type`. Sorted.
    package var changes: [Change]
    package var examples: [Example]
    /// A block that would fix it, beside the resource's; nil: none.
    package var addition: Addition?

    /// A piece of the message.
    package enum MessagePart: Hashable, Sendable {
        case text(String)
        case expression(Condition)
    }

    /// A value the expressions can name, so that a threshold stands in one place.
    package struct Parameter: Hashable, Sendable {
        package indirect enum Value: Hashable, Sendable {
            case bool(Bool)
            case integer(Int)
            case number(FixedDecimal)
            case string(String)
            case list([Value])
        }

        package var name: String
        package var value: Value

        package init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// An argument that is to have a value.
    package struct Change: Hashable, Sendable {
        package var path: [String]
        package var value: Literal

        package init(path: [String], value: Literal) {
            self.path = path
            self.value = value
        }

        /// `type`, `root_block_device.volume_type`
        package var name: String { path.joined(separator: ".") }
    }

    /// A value that can be written into code as it is.
    package enum Literal: Hashable, Sendable {
        case bool(Bool)
        case number(FixedDecimal)
        case string(String)

        /// As findings and people read it: without quotes.
        package var text: String {
            switch self {
            case .bool(let value): value ? "true" : "false"
            case .number(let value): value.description
            case .string(let value): value
            }
        }
    }

    /// A resource that is written behind the one that breaks the rule.
    package struct Addition: Hashable, Sendable {
        package var type: String
        /// What it is called; nil: as the resource is.
        package var name: String?
        /// Sorted by name. A text that begins with `$` is a reference: `$id` to an attribute of the resource,
        /// `$referencedBy.aws_route_table.id` to those of all resources of a type that name it. `{region}` in a text is the resource's.
        package var arguments: [Change]

        package init(type: String, name: String?, arguments: [Change]) {
            self.type = type
            self.name = name
            self.arguments = arguments.sorted { $0.name < $1.name }
        }
    }

    /// Code that the rule passes or fails: documentation and test in one.
    package struct Example: Hashable, Sendable {
        package enum Expectation: String, Hashable, Sendable, CaseIterable { case pass, fail, unknown, skip }

        /// Terraform.
        package var given: String
        package var expect: Expectation
        package var place: Place

        package init(given: String, expect: Expectation, place: Place) {
            self.given = given
            self.expect = expect
            self.place = place
        }
    }

    package init(
        header: PolicyHeader, match: ResourceMatch, assertion: Condition, message: [MessagePart], lookback: TimeSpan = .days(14),
        minimumSamples: Int = 1, parameters: [Parameter] = [], atStake: Condition? = nil, saves: Condition? = nil, changes: [Change] = [],
        examples: [Example] = []
    ) {
        self.header = header
        self.match = match
        self.assertion = assertion
        self.message = message
        self.lookback = lookback
        self.minimumSamples = minimumSamples
        self.parameters = parameters
        self.atStake = atStake
        self.saves = saves
        self.changes = changes.sorted { $0.name < $1.name }
        self.examples = examples
    }
}

extension Rule {
    /// All its expressions.
    package var conditions: [Condition] {
        var result = [assertion]
        for case .expression(let condition) in message { result.append(condition) }
        return result + [atStake, saves].compactMap(\.self)
    }

    /// Whether an expression may ask for what was measured.
    package var mentionsUtilization: Bool { conditions.contains { $0.text.contains("utilization") } }

    package var needs: PolicyNeeds {
        var needs = PolicyNeeds()
        needs.readsAttributes = true
        needs.namesUtilization = mentionsUtilization
        if mentionsUtilization { needs.lookbacks = [lookback] }
        return needs
    }

    package var decidingConditions: [Condition] { [match.condition].compactMap(\.self) + [assertion] }
}

extension PolicySet {
    package var rules: [Rule] { all() }
}

/// An expression of CEL, checked when the policies were loaded.
package struct Condition: Hashable, Sendable {
    package var text: String
    /// Where it is written.
    package var place: Place

    package init(_ text: String, at place: Place) {
        self.text = text
        self.place = place
    }
}
