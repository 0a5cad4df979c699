package import Patterns

/// Something that somebody thinks of doing, to be computed before anybody does it.
package struct Scenario: Hashable, Sendable {
    /// What happens to some resources. Where several changes are about one resource, all of them happen, and of one key the last counts.
    package struct Change: Hashable, Sendable {
        /// Globs over `address` or `root:address`.
        package var resources: [Glob]
        package var place: Place
        /// The type that they have instead.
        package var size: String?
        /// How many there are instead of those of each block, all alike.
        package var count: Int?
        /// How many of the 168 hours of a week they run.
        package var hours: Int?
        /// Their load and use, where 1 is what it is.
        package var traffic: FixedDecimal?
        /// What is paid for them, where 1 is what it is.
        package var price: FixedDecimal?

        package init(
            resources: [Glob], place: Place, size: String? = nil, count: Int? = nil, hours: Int? = nil, traffic: FixedDecimal? = nil,
            price: FixedDecimal? = nil
        ) {
            self.resources = resources
            self.place = place
            self.size = size
            self.count = count
            self.hours = hours
            self.traffic = traffic
            self.price = price
        }
    }

    /// What must hold afterwards.
    package struct Expectation: Hashable, Sendable {
        /// What all resources of the scenario may cost in a month.
        package var monthlyAtMost: Money?
        /// How much of its CPU and of its memory each machine must have left at the 95th percentile, where 1 is all of it.
        package var headroom: FixedDecimal?
        /// The objectives that would be broken: these, and no others; nil: nothing is expected.
        package var brokenObjectives: [ObjectiveName]?

        package init(monthlyAtMost: Money? = nil, headroom: FixedDecimal? = nil, brokenObjectives: [ObjectiveName]? = nil) {
            self.monthlyAtMost = monthlyAtMost
            self.headroom = headroom
            self.brokenObjectives = brokenObjectives
        }
    }

    package var name: String
    package var place: Place
    package var changes: [Change]
    package var expectation: Expectation?

    package init(name: String, place: Place, changes: [Change], expectation: Expectation? = nil) {
        self.name = name
        self.place = place
        self.changes = changes
        self.expectation = expectation
    }
}
