/// Something that people count day by day, such as orders: costs are held against it, and shared ones divided by it. `kind: Metric`.
package struct UnitMetric: Hashable, Sendable {
    package var name: String
    package var place: Place
    /// What one of it is called: `order`.
    package var unit: String
    package var paths: [String]

    package init(name: String, place: Place, unit: String, paths: [String]) {
        self.name = name
        self.place = place
        self.unit = unit
        self.paths = paths
    }
}
