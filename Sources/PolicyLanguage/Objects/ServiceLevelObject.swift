import CostModel
import Diagnostics
import YAML

/// `kind: ServiceLevel`: what a service promises, in the words of OpenSLO.
enum ServiceLevelObject: PolicyKindObject {
    static let doc = "What a service promises its users: objectives that stand before any saving."
    static let match = Field("match", .object(MatchObject.self), .required, "The resources that the service runs on.")
    static let timeWindow = Field("timeWindow", .timeSpan, default: "14d", "The time before now over which objectives are judged.")
    static let objectives = Field("objectives", .object(ObjectivesObject.self), .required, "What is promised.")
    static let whenUnknown = Field(
        "whenUnknown", .choice(ServiceLevel.UnknownAction.self), default: "hold",
        "What becomes of a smaller size where an objective is not known: it is held back, or allowed.")
    static let fields =
        HeaderFields.all + [match.description, timeWindow.description, objectives.description, whenUnknown.description]
    static let example: String? = """
        kind: ServiceLevel
        metadata: {name: checkout}
        spec:
          severity: high
          match: {types: [aws_instance], paths: ["infra/checkout/**"]}
          timeWindow: 7d
          objectives:
            headroom: {cpu: 20%, memory: 10%}
        """

    static func build(_ record: Record, _ envelope: Envelope) -> ServiceLevel? {
        let header = HeaderFields.build(record, envelope, defaultLevel: 3)
        let (match, objectives) = (record.value(of: match), record.value(of: objectives))
        let unknown = record.value(of: whenUnknown)
        guard let timeWindow = record.value(of: timeWindow), let match, let objectives, let unknown else { return nil }
        return ServiceLevel(
            header: header, match: match, timeWindow: timeWindow, latency: objectives.latency, errors: objectives.errors,
            availability: objectives.availability, headroom: objectives.headroom, whenUnknown: unknown)
    }
}

/// `objectives`
enum ObjectivesObject: NestedObject {
    /// What is promised, read.
    struct Stated {
        var latency: ServiceLevel.Threshold?
        var errors: ServiceLevel.Ratio?
        var availability: ServiceLevel.Ratio?
        var headroom: ServiceLevel.Headroom?
    }

    static let doc = "What is promised, at least one of them."
    static let latency = Field("latency", .object(ThresholdObject.self), "How long users wait.")
    static let errors = Field("errors", .object(RatioObject.self), "The share of what goes wrong, at most.")
    static let availability = Field("availability", .object(RatioObject.self), "The share of what goes right, at least.")
    static let headroom = Field("headroom", .object(HeadroomObject.self), "What each machine has left.")
    static let fields = [latency.description, errors.description, availability.description, headroom.description]
    static let choice: KeyChoice? = .atLeastOne(of: [latency.key, errors.key, availability.key, headroom.key])

    static func build(_ record: Record) -> Stated? {
        let stated = Stated(
            latency: record.value(of: latency), errors: record.value(of: errors), availability: record.value(of: availability),
            headroom: record.value(of: headroom))
        let read = [
            (record.has(latency), stated.latency != nil), (record.has(errors), stated.errors != nil),
            (record.has(availability), stated.availability != nil), (record.has(headroom), stated.headroom != nil),
        ]
        guard read.contains(where: \.0) else {
            record.report(
                "missing-key", "\(record.context.subject) must state 'latency', 'errors', 'availability' or 'headroom'",
                at: record.context.anchor)
            return nil
        }
        // A service with fewer objectives than are written would have more taken from it.
        return read.allSatisfy { $0.0 == $0.1 } ? stated : nil
    }
}

/// `latency`
enum ThresholdObject: NestedObject {
    static let doc = "A metric's value of each day stays at or under a limit, on most days."
    static let metric = Field("metric", .metricReference, .required, "The name of a Metric with one value a day, such as a percentile.")
    static let key = Field("key", .text, "Which of its keys, where it has several.")
    static let atMost = Field("atMost", .number(above: 0, through: 1_000_000_000), .required, "The limit, in the metric's unit.")
    static let target = Field("target", .percent(through: 100), default: "100%", "On how many of the days of the window.")
    static let fields = [metric.description, key.description, atMost.description, target.description]

    static func build(_ record: Record) -> ServiceLevel.Threshold? {
        let (metric, key, atMost) = (record.value(of: metric), record.value(of: key), record.value(of: atMost))
        guard let target = record.value(of: target), let metric, let atMost, record.has(Self.key) == (key != nil) else { return nil }
        return ServiceLevel.Threshold(metric: metric, key: key, atMost: atMost, target: target)
    }
}

/// `errors` and `availability`
enum RatioObject: NestedObject {
    static let doc = "The share that one metric has of another over the whole window."
    static let metric = Field(
        "metric", .metricReference, .required, "The name of a Metric: of errors it counts what went wrong, of availability what went right."
    )
    static let key = Field("key", .text, "Which of its keys; without it all together.")
    static let total = Field(
        "total", .metricReference, "The name of the Metric that counts all; without it each value of 'metric' is a percentage.")
    static let target = Field("target", .percent(through: 100), .required, "Of errors the most, of availability the least.")
    static let fields = [metric.description, key.description, total.description, target.description]

    static func build(_ record: Record) -> ServiceLevel.Ratio? {
        let (metric, key, total) = (record.value(of: metric), record.value(of: key), record.value(of: total))
        guard let target = record.value(of: target), let metric, record.has(Self.key) == (key != nil),
            record.has(Self.total) == (total != nil)
        else { return nil }
        return ServiceLevel.Ratio(metric: metric, key: key, total: total, target: target)
    }
}

/// `headroom`
enum HeadroomObject: NestedObject {
    static let doc = "How much of its CPU and memory each machine has left."
    static let cpu = Field("cpu", .percent(through: 100), "Of its CPU.")
    static let memory = Field("memory", .percent(through: 100), "Of its memory.")
    static let percentile = Field(
        "percentile", .number(above: 0, through: 100), default: "95", "The nearest-rank percentile over the samples of the window.")
    static let minimumSamples = Field(
        "minimumSamples", .integer(1...10_000_000), default: "100", "With fewer samples it is unknown.")
    static let fields = [cpu.description, memory.description, percentile.description, minimumSamples.description]
    static let choice: KeyChoice? = .atLeastOne(of: [cpu.key, memory.key])

    static func build(_ record: Record) -> ServiceLevel.Headroom? {
        let (cpu, memory) = (record.value(of: cpu), record.value(of: memory))
        guard record.has(Self.cpu) || record.has(Self.memory) else {
            record.report("missing-key", "\(record.context.subject) must state 'cpu', 'memory' or both", at: record.context.anchor)
            return nil
        }
        guard let percentile = record.value(of: percentile), let samples = record.value(of: minimumSamples),
            record.has(Self.cpu) == (cpu != nil), record.has(Self.memory) == (memory != nil)
        else { return nil }
        return ServiceLevel.Headroom(cpu: cpu, memory: memory, percentile: percentile, minimumSamples: samples)
    }
}
