import CostModel
import Diagnostics

/// Which tags people write already: how often, how they spell them, and with which values.
struct TagSurvey: Sendable {
    struct Key: Sendable {
        /// The most frequent spelling.
        var name: String
        /// Without capitals, dashes and the like, and with one word for those that mean the same: `environment`.
        var meaning: String
        /// Other spellings with their numbers, the most frequent first.
        var aliases: [(name: String, count: Int)]
        /// Resources that carry any of the spellings.
        var carrying: Int
        /// Resources that carry it or are known not to.
        var asked: Int
        /// Known values with their numbers, the most frequent first.
        var values: [(name: String, count: Int)]
        /// Resources whose value is known only at apply.
        var unknownValues: Int
        /// The root's folder and the value, of resources whose value is known.
        var places: [(root: String, value: String)]

        /// `12 of 14`
        var share: String { "\(carrying) of \(asked)" }
        /// Whether a clear share of what takes tags carries it.
        var isCommon: Bool { carrying >= 2 && carrying * 2 >= asked }
    }

    /// Resources that take tags, as far as that is known.
    var taggable = 0
    /// Of those the ones whose tags are known only at apply.
    var unknown = 0
    /// The most frequent first.
    var keys: [Key] = []
    /// Types that are known to take tags, or do in this code.
    var types: [String] = []

    init() {}

    init(_ resources: [Resource]) {
        let carriers = Set(resources.filter { !$0.tags.tags.isEmpty }.map(\.type))
        let asked = resources.filter { $0.tags.supported ?? carriers.contains($0.type) }
        taggable = asked.count
        let closed = asked.count { $0.tags.openReason == nil }
        unknown = taggable - closed
        types = Set(asked.map(\.type)).sorted()
        var groups: [String: Group] = [:]
        for resource in asked { Self.add(resource, to: &groups) }
        keys = groups.map { $0.value.key(meaning: $0.key, closed: closed) }
            .sorted { ($1.carrying, $0.name) < ($0.carrying, $1.name) }
    }

    private struct Group {
        var spellings: [String: Int] = [:]
        var carrying = 0
        var open = 0
        var values: [String: Int] = [:]
        var unknownValues = 0
        var places: [(root: String, value: String)] = []

        func key(meaning: String, closed: Int) -> Key {
            let names = spellings.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
            return Key(
                name: names[0].name, meaning: meaning, aliases: Array(names.dropFirst()), carrying: carrying, asked: closed + open,
                values: values.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) },
                unknownValues: unknownValues, places: places)
        }
    }

    private static func add(_ resource: Resource, to groups: inout [String: Group]) {
        var seen: Set<String> = []
        for (name, tag) in resource.tags.tags where isUsable(name) {
            let meaning = meaning(of: name)
            groups[meaning, default: Group()].spellings[name, default: 0] += 1
            guard seen.insert(meaning).inserted else { continue }
            groups[meaning]?.carrying += 1
            if resource.tags.openReason != nil { groups[meaning]?.open += 1 }
            if let value = tag.value {
                groups[meaning]?.values[value, default: 0] += 1
                groups[meaning]?.places.append((resource.identity.root, value))
            } else {
                groups[meaning]?.unknownValues += 1
            }
        }
    }

    /// What the provider and other programs write is nobody's to require; what cannot be shown is nobody's to copy.
    private static func isUsable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 128 && name.printable == name && !name.hasPrefix("aws:") && !name.contains("kubernetes.io/")
            && !name.contains("k8s.io/") && SecretScan.kind(in: name) == nil
    }

    private static func meaning(of name: String) -> String {
        let letters = String(name.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
        guard !letters.isEmpty else { return name }
        return sameMeaning[letters] ?? letters
    }

    private static let sameMeaning = [
        "env": "environment", "envname": "environment", "environmentname": "environment", "costcentre": "costcenter",
        "costcode": "costcenter", "app": "application", "appname": "application", "applicationname": "application", "proj": "project",
        "projectname": "project", "teamname": "team", "squad": "team", "servicename": "service", "svc": "service",
    ]
}
