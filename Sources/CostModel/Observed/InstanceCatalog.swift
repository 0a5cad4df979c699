/// What instance types exist, how large they are, and what they cost on demand.
package struct InstanceCatalog: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// `m5.xlarge`
        package var name: String
        /// `m5`
        package var family: String
        package var vcpu: Int
        package var memoryMiB: Int
        /// `x86_64` or `arm64`; proposals never change it.
        package var architecture: String
        /// US dollars an hour, Linux, on demand, us-east-1.
        package var hourly: FixedDecimal

        package init(name: String, family: String, vcpu: Int, memoryMiB: Int, architecture: String, hourly: FixedDecimal) {
            self.name = name
            self.family = family
            self.vcpu = vcpu
            self.memoryMiB = memoryMiB
            self.architecture = architecture
            self.hourly = hourly
        }
    }

    /// Where the figures come from, and of which date.
    package var source: String
    package private(set) var entries: [String: Entry]
    /// The entries of each family, by vCPU, then memory, then name.
    package private(set) var families: [String: [Entry]]

    package init(source: String, entries: [Entry]) {
        self.source = source
        self.entries = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { _, later in later })
        families = Dictionary(grouping: self.entries.values, by: \.family).mapValues { entries in
            entries.sorted { ($0.vcpu, $0.memoryMiB, $0.name) < ($1.vcpu, $1.memoryMiB, $1.name) }
        }
    }

    package subscript(name: String) -> Entry? { entries[name] }
}
