/// What a service was charged on demand, hour by hour where the bill says so; effective cost.
package struct OnDemandUse: Hashable, Sendable {
    package struct Service: Hashable, Sendable {
        package var provider: String
        package var name: String

        package init(provider: String, name: String) {
            self.provider = provider
            self.name = name
        }
    }

    package struct Use: Hashable, Sendable {
        /// By hour since 1970.
        package var hours: [Int32: FixedDecimal] = [:]
        /// Of charges that last longer, by day.
        package var days: [Day: FixedDecimal] = [:]

        package init() {}
    }

    package var services: [Service: Use] = [:]

    package init() {}
}
