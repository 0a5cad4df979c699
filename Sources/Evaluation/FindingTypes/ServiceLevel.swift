import CostModel

/// Finds services that do not keep what they promise.
enum ServiceLevelFinding {
    static let id = "service-level"
    static let description = FindingType(
        id: id,
        title: "a service does not keep an objective",
        does: "Holds what was measured against the objectives of a ServiceLevel: latency, errors and availability by the metrics that they "
            + "name, over the whole window, and headroom of each machine by the percentile of its CPU and memory. An objective that "
            + "nobody measured, or not on every day, is `unknown`.",
        cost: "It costs more than it saves: what users wait for, or do not get, is paid for elsewhere. So it stands before any saving, and "
            + "proposals that would make a service smaller are held back while it is broken.",
        example: """
            kind: ServiceLevel
            metadata: {name: checkout}
            spec:
              match: {types: [aws_instance], where: 'resource.tags["service"] == "checkout"'}
              objectives:
                errors: {metric: failed, total: requests, target: 0.5%}   # 0.82 % failed
                headroom: {cpu: 20%}                                      # p95 CPU is 91 %
            """,
        remedy: "Give the service what it needs, or repair it. `bursar simulate` says what a larger size or more machines would cost.")

    static let noPatch = "what it needs is its owner's decision"

    static func message(_ service: String, _ judgement: ServiceLevelStatus.Judgement) -> String {
        switch judgement.state {
        case .met: "\(service) keeps its objective for \(judgement.objective.rawValue): \(judgement.text)"
        case .broken: broken(service, judgement)
        case .unknown: unknown(service, judgement)
        }
    }

    static func broken(_ service: String, _ judgement: ServiceLevelStatus.Judgement) -> String {
        "\(service) breaks its objective for \(judgement.objective.rawValue): \(judgement.text)"
    }

    static func unknown(_ service: String, _ judgement: ServiceLevelStatus.Judgement) -> String {
        "whether \(service) keeps its objective for \(judgement.objective.rawValue) is not known: \(judgement.text)"
    }

    static func onceApplied(_ size: String) -> String { ", once the \(size) of the code is applied" }
}
