import CostModel

/// `kind: Metric`: what is counted day by day, for unit costs and shares.
enum MetricObject: SupportingKindObject {
    static let doc = "What is counted day by day, such as orders, for unit costs and for shares of what is divided."
    static let paths = Field(
        "paths", .list(of: .observedPath()), .required, "CSV files with the columns 'day', 'value' and, where there are several, 'key'.")
    static let unit = Field("unit", .text, "What one of it is called, such as 'order'; without it the metric's name.")
    static let fields = [paths.description, unit.description]
    static let example: String? = """
        kind: Metric
        metadata: {name: orders}
        spec:
          paths: [observed/orders.csv]
          unit: order
        """

    static func build(_ record: Record, _ envelope: Envelope) -> SupportingObject? {
        let unit = record.value(of: unit)
        guard let paths = record.value(of: paths) else { return nil }
        return .metric(
            UnitMetric(name: envelope.name.value, place: envelope.place, unit: unit ?? envelope.name.value, paths: paths))
    }
}
