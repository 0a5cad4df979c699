import CostModel
import Diagnostics
import Patterns
import YAML

/// `given` of a test: the world.
enum GivenObject: NestedObject {
    static let doc = "The world that is judged: code or resources, what they cost and how they are used."
    static let terraform = Field("terraform", .text, "Terraform code.")
    static let folder = Field("folder", .treePath, "A folder of Terraform, relative to the test's file.")
    static let resources = Field("resources", .list(of: .object(GivenResourceObject.self)), "Resources without their code.")
    static let deployed = Field(
        "deployed", .list(of: .glob), "Patterns over addresses that a state knows, besides those with cost or utilisation.")
    static let cost = Field("cost", .list(of: .object(ChargeObject.self)), "What is on the bill.")
    static let utilization = Field("utilization", .list(of: .object(UsageObject.self)), "What was measured.")
    static let metrics = Field("metrics", .list(of: .object(CountObject.self)), "What was counted by day.")
    static let fields = [
        terraform.description, folder.description, resources.description, deployed.description, cost.description,
        utilization.description, metrics.description,
    ]

    static func build(_ record: Record) -> PolicyTest.Given? {
        let stated = [record.keyRange(of: terraform), record.keyRange(of: folder), record.keyRange(of: resources)].compactMap(\.self)
        if stated.count > 1 {
            record.report("wrong-value", "'given' states code twice; choose one of 'terraform', 'folder' and 'resources'", at: stated[1])
        }
        return PolicyTest.Given(
            terraform: record.value(of: terraform), folder: record.value(of: folder), resources: record.value(of: resources) ?? [],
            deployed: record.value(of: deployed) ?? [], cost: record.value(of: cost) ?? [],
            utilization: record.value(of: utilization) ?? [], metrics: record.value(of: metrics) ?? [])
    }
}

/// One entry of `resources`.
enum GivenResourceObject: NestedObject {
    static let doc = "A resource without its code."
    static let address = Field("address", .resourceAddress, .required, "The type and a name.")
    static let attributes = Field(
        "attributes", .attributes, "Its arguments; a list of mappings stands for nested blocks, another mapping for an object.")
    static let fields = [address.description, attributes.description]

    static func build(_ record: Record) -> PolicyTest.Resource? {
        record.value(of: address).map { PolicyTest.Resource(address: $0, attributes: record.value(of: attributes) ?? [:]) }
    }
}

/// One entry of `cost`.
enum ChargeObject: NestedObject {
    static let doc = "Charges of the closed days before now, the same every day."
    static let resource = Field("resource", .text, "The address of the resource that causes them.")
    static let service = Field("service", .text, default: "Test", "ServiceName.")
    static let account = Field("account", .text, default: "test-account", "SubAccountId.")
    static let region = Field("region", .text, default: "us-east-1", "RegionId.")
    static let tags = Field("tags", .map(key: .text, of: .text), "The row's own tags.")
    static let daily = Field("daily", .money, "Effective and billed cost of a day.")
    static let monthly = Field("monthly", .money, "Effective and billed cost of a month, spread over the days.")
    static let days = Field("days", .integer(1...400), default: "28", "How many days before now.")
    static let fields = [
        resource.description, service.description, account.description, region.description, tags.description, daily.description,
        monthly.description, days.description,
    ]

    static func build(_ record: Record) -> PolicyTest.Charge? {
        let daily = record.value(of: daily)
        let monthly = record.value(of: monthly)
        let days = record.value(of: days)
        guard (daily == nil) != (monthly == nil) || record.has(Self.daily) || record.has(Self.monthly) else {
            record.report("missing-key", "a charge states 'daily' or 'monthly'", at: record.node.range)
            return nil
        }
        if daily != nil, monthly != nil {
            record.report("wrong-value", "a charge states 'daily' or 'monthly', not both", at: record.node.range)
        }
        guard let amount = daily ?? monthly.map({ $0.scaled(by: 12, over: 365) }), let days, let service = record.value(of: service),
            let account = record.value(of: account), let region = record.value(of: region)
        else { return nil }
        return PolicyTest.Charge(
            resource: record.value(of: resource), service: service, account: account, region: region,
            tags: record.value(of: tags)?.dictionary ?? [:], daily: amount, days: days)
    }
}

/// One entry of `utilization`.
enum UsageObject: NestedObject {
    static let doc = "Samples spread evenly over a time before now."
    static let resource = Field("resource", .text, .required, "The address of the resource.")
    static let metric = Field("metric", .choice(Metric.self), .required, "What is measured.")
    static let value = Field("value", .number(above: -1, through: 1_000_000_000), "The value of every sample.")
    static let values = Field("values", .list(of: .number(above: -1, through: 1_000_000_000)), "Values, repeated in turn.")
    static let samples = Field("samples", .integer(1...100_000), default: "336", "How many samples.")
    static let span = Field("for", .timeSpan, default: "14d", "The time before now that they cover.")
    static let fields = [
        resource.description, metric.description, value.description, values.description, samples.description, span.description,
    ]

    static func build(_ record: Record) -> PolicyTest.Usage? {
        let single = record.value(of: value)
        let several = record.value(of: values)
        let values = several ?? single.map { [$0] }
        guard let resource = record.value(of: resource), let metric = record.value(of: metric), let samples = record.value(of: samples),
            let span = record.value(of: span)
        else { return nil }
        guard let values else {
            if !record.has(Self.value), !record.has(Self.values) {
                record.report("missing-key", "samples state 'value' or 'values'", at: record.node.range)
            }
            return nil
        }
        return PolicyTest.Usage(
            resource: resource, metric: metric, values: values.map(\.approximation), samples: samples, span: span)
    }
}

/// One entry of `metrics`.
enum CountObject: NestedObject {
    static let doc = "What was counted of a metric on each of the closed days before now."
    static let metric = Field("metric", .metricReference, .required, "The name of a Metric.")
    static let key = Field("key", .text, "Which of its keys, where it has some.")
    static let value = Field("value", .number(above: -1, through: 1_000_000_000), "The value of every day.")
    static let values = Field(
        "values", .list(of: .number(above: -1, through: 1_000_000_000)), "Values, repeated in turn; the last is yesterday's.")
    static let days = Field("days", .integer(1...400), default: "28", "How many days before now.")
    static let fields = [metric.description, key.description, value.description, values.description, days.description]

    static func build(_ record: Record) -> PolicyTest.Count? {
        let (single, several) = (record.value(of: value), record.value(of: values))
        guard let metric = record.value(of: metric), let days = record.value(of: days) else { return nil }
        let key = record.value(of: key) ?? ""
        guard let values = several ?? single.map({ [$0] }) else {
            if !record.has(Self.value), !record.has(Self.values) {
                record.report("missing-key", "a metric states 'value' or 'values'", at: record.node.range)
            }
            return nil
        }
        guard values.allSatisfy({ !$0.isNegative }) else {
            record.report("wrong-value", "a metric counts nothing below zero", at: record.node.range)
            return nil
        }
        return PolicyTest.Count(metric: metric, key: key, values: values, days: days)
    }
}

extension Shape where Value == String {
    /// `aws_instance.web`
    static var resourceAddress: Shape {
        form("a type and a name", "aws_instance.web") { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2
                && parts.allSatisfy { part in
                    part.first?.isNumber == false
                        && part.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || isWord($0) }
                }
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}

extension Shape where Value == [String: ResourceAttribute.Value] {
    static var attributes: Shape {
        Shape(.map(key: .text, value: .anything)) { node, context in
            guard let entries = node.mapping else {
                context.reportWrongType(.map(key: .text, value: .anything), node)
                return nil
            }
            return Dictionary(entries.map { ($0.key, value(of: $0.value)) }, uniquingKeysWith: { first, _ in first })
        }
    }

    private static func value(of node: YAMLNode) -> ResourceAttribute.Value {
        if let elements = node.sequence { return .list(elements.map { ResourceAttribute(value(of: $0)) }) }
        if let entries = node.mapping {
            let values = entries.map { ($0.key, ResourceAttribute(value(of: $0.value))) }
            return .map(Dictionary(values, uniquingKeysWith: { first, _ in first }))
        }
        guard let scalar = node.scalar else { return .null }
        switch scalar.kind {
        case .null: return .null
        case .bool: return .bool(scalar.bool ?? false)
        case .int, .float: return FixedDecimal(exactly: scalar.text).map { .number($0) } ?? .string(scalar.text)
        case .string: return .string(scalar.text)
        }
    }
}
