import CostModel

/// Finds what a change uses for the first time.
enum FirstUse {
    static let id = "first-use"
    static let description = FindingType(
        id: id,
        title: "a change uses something for the first time",
        does: "Looks at the resources that a change adds: a service, region, type or family of sizes, as `newIn` asks, that nothing in the "
            + "guardrail's scope has before the change. Of a resource that costs nothing by itself it asks for no region.",
        cost: "What is new has no owner who knows its bill: a region that nobody watches, a service with a price of its own.",
        example: """
            kind: Guardrail
            metadata: {name: known-regions}
            spec:
              newIn: [region, service]   # the change adds a bucket in ap-east-1
            """,
        remedy: "Use what is used already, or let who may agree to it merge an `Exemption` first that names the guardrail, with `upTo`.")

    static func message(_ name: String, _ novelty: Guardrail.Novelty, _ value: String, _ address: String, count: Int) -> String {
        let more = count > 1 ? " and \(count - 1) more" : ""
        return "\(name): \(novelty.rawValue) \(value) is new here: \(address)\(more)"
    }

    static func unknown(_ name: String, _ novelty: Guardrail.Novelty, _ address: String, count: Int) -> String {
        let more = count > 1 ? " and \(count - 1) more" : ""
        return "\(name): the \(novelty.rawValue) of \(address)\(more) is not known"
    }

    static func none(_ name: String) -> String { "\(name): the change uses nothing for the first time" }
}
