internal import CostModel
internal import JSON
internal import Reporting

// The small values that the larger documents hold, each as every document of Bursar spells it.

extension Shape.Field {
    static func time(_ key: String, _ value: @escaping @Sendable (Value) -> Instant) -> Self {
        Self(key: key, schema: .time) { .string(value($0).description) }
    }

    static func time(orNull key: String, _ value: @escaping @Sendable (Value) -> Instant?) -> Self {
        Self(key: key, schema: .optional(.time)) { JSONValue(value($0)?.description) }
    }

    static func day(_ key: String, _ value: @escaping @Sendable (Value) -> Day) -> Self {
        Self(key: key, schema: .day) { .string(value($0).description) }
    }

    static func day(orNull key: String, _ value: @escaping @Sendable (Value) -> Day?) -> Self {
        Self(key: key, schema: .optional(.day)) { JSONValue(value($0)?.description) }
    }

    static func money(_ key: String, _ value: @escaping @Sendable (Value) -> Money) -> Self {
        Self(key: key, schema: .reference("Money")) { JSONValue(Optional(value($0))) }
    }

    static func money(orNull key: String, _ value: @escaping @Sendable (Value) -> Money?) -> Self {
        Self(key: key, schema: .optional(.reference("Money"))) { JSONValue(value($0)) }
    }

    static func points(orNull key: String, _ value: @escaping @Sendable (Value) -> Points?) -> Self {
        Self(key: key, schema: .optional(.number)) { JSONValue(value($0)) }
    }

    static func policy(_ key: String, _ value: @escaping @Sendable (Value) -> PolicyReference) -> Self {
        Self(key: key, schema: .reference("Policy")) { JSONValue(value($0)) }
    }
}

extension Schema {
    /// Written by Reporting for every document.
    static let money = Schema.object([("amount", .text), ("currency", .text)])
    static let policy = Schema.object([("kind", .text), ("name", .text)])
    /// RFC 9457.
    static let problem = Schema.object([("status", .integer), ("title", .text), ("detail", .text)])
}

enum Shapes {}
