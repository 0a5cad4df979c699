import CostModel

/// A tagging policy for the tags that people write already.
struct ProposedTags {
    let survey: RepositorySurvey

    /// A key that is required.
    struct Required: Sendable {
        var key: String
        var aliases: [String] = []
        /// Nil: any value.
        var values: [String]?
        /// The values are the names of the teams.
        var isTeam = false
        /// As YAML.
        var preset: String?
        var comment: String
    }

    private static let most = 8
    private static let mostShown = 10
    /// Keys whose values are often people.
    private static let personal = [
        "owner", "contact", "mail", "author", "creator", "createdby", "maintainer", "user", "manager", "request",
    ]

    /// What is proposed to be required, the most frequent first; where nobody writes tags, what the repository itself can answer.
    var required: [Required] {
        let common = survey.tags.keys.filter(Self.isWorthRequiring).prefix(Self.most).map(require)
        if !common.isEmpty || survey.tags.taggable == 0 { return common }
        var first: [Required] = []
        if !mostIsOwned {
            let comment = "nobody writes it yet; the repository's name is offered"
            first.append(Required(key: "project", preset: YAMLText.scalar(survey.name), comment: comment))
        } else {
            let comment = "nobody writes it yet; the owner's name is offered"
            first.append(Required(key: "team", isTeam: true, preset: "{from: team.name}", comment: comment))
        }
        if let segment = environmentSegment {
            let preset = "{from: path, segment: \(segment)}"
            first.append(Required(key: "environment", preset: preset, comment: "nobody writes it yet; the folder's name is offered"))
        }
        return first
    }

    /// Nil where no resource takes tags, as far as that is known.
    var text: String? {
        let required = required
        guard !required.isEmpty else { return nil }
        let tags = survey.tags
        var lines = [
            "# yaml-language-server: $schema=../.bursar/schema.json",
            "# Made by 'bursar init' from the tags in this repository. Of its resources \(tags.taggable) take tags"
                + (tags.unknown > 0 ? "; what \(tags.unknown) of them carry is known only at apply." : "."),
            "# Required is what at least half of them carry. The numbers are of the day on which this was written.",
            "kind: TaggingPolicy", "metadata: {name: tags}", "spec:",
            "  description: \(common.isEmpty ? "Resources say what they are for." : "What most resources say, all of them say.")",
            "  severity: medium", "  enforcement: warn           # 'block' fails checks; change it once the findings are gone",
            "  blockUnknown: true          # once it blocks, a result that is newly unknown fails a pull request, too",
            "  match: {types: \(YAMLText.list(types))}", "  require:",
        ]
        for tag in required { lines += Self.lines(tag) }
        lines += ["  fix: review", ""]
        let others = tags.keys.filter { key in !required.contains { $0.key == key.name } }
        if !others.isEmpty {
            lines.append("# Written too, and not required:")
            lines += others.prefix(Self.mostShown).map { "#   \(YAMLText.comment($0.name)): \($0.share)\(Self.why($0))" }
            if others.count > Self.mostShown { lines.append("#   and \(others.count - Self.mostShown) more") }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    private var common: [TagSurvey.Key] { survey.tags.keys.filter(Self.isWorthRequiring) }

    private static func isWorthRequiring(_ key: TagSurvey.Key) -> Bool { key.isCommon && key.meaning != "name" && !isIdentity(key) }

    /// A key with a value of its own for nearly each resource tells resources apart, not costs.
    private static func isIdentity(_ key: TagSurvey.Key) -> Bool {
        let known = key.carrying - key.unknownValues
        return known > 12 && key.values.count * 10 > known * 8
    }

    /// Whether the owner's name answers for at least half of the root modules.
    private var mostIsOwned: Bool {
        let folders = survey.teams.flatMap(\.folders)
        let owned = survey.roots.count { root in folders.contains { $0.isEmpty || root == $0 || root.hasPrefix($0 + "/") } }
        return owned > 0 && owned * 2 >= survey.roots.count
    }

    private static func why(_ key: TagSurvey.Key) -> String {
        key.meaning == "name" || isIdentity(key) ? ", tells resources apart" : ""
    }

    /// Of providers that say which of their types take tags, all; of others the types that do here.
    private var types: [String] {
        let known = survey.tags.types.contains { $0.hasPrefix("aws_") } ? ["aws_*"] : []
        return known + survey.tags.types.filter { !$0.hasPrefix("aws_") }.prefix(100)
    }

    static func lines(_ tag: Required) -> [String] {
        var lines = ["    - key: \(YAMLText.scalar(tag.key))   # \(YAMLText.comment(tag.comment))"]
        if tag.isTeam { lines.append("      values: {of: teams}") }
        if let values = tag.values { lines.append("      values: \(YAMLText.list(values))") }
        if !tag.aliases.isEmpty { lines.append("      aliases: \(YAMLText.list(tag.aliases))") }
        if let preset = tag.preset { lines.append("      default: \(preset)") }
        return lines
    }

    // MARK: One key

    private func require(_ key: TagSurvey.Key) -> Required {
        var tag = Required(key: key.name, aliases: Array(key.aliases.map(\.name).prefix(Self.most)), comment: key.share)
        if !key.aliases.isEmpty {
            tag.comment += "; " + key.aliases.prefix(3).map { "\($0.count) as '\($0.name)'" }.joined(separator: ", ")
        }
        guard !Self.personal.contains(where: key.meaning.contains), key.values.allSatisfy({ YAMLText.isPublic($0.name) }) else {
            return tag
        }
        let tags = Set(survey.teams.compactMap { $0.tag?.value })
        if key.meaning == "team", !key.values.isEmpty,
            key.values.allSatisfy({ tags.contains($0.name) && YAMLText.name(from: $0.name) == $0.name })
        {
            tag.isTeam = true
            tag.preset = "{from: team.name}"
            return tag
        }
        if key.meaning == "costcenter", survey.teams.contains(where: { $0.costCenter != nil }) {
            tag.preset = "{from: team.costCenter}"
            return tag
        }
        tag.values = Self.allowed(key)
        if let segment = segment(of: key) {
            tag.preset = "{from: path, segment: \(segment)}"
            // An environment whose resources carry no such tag yet is one all the same.
            if let values = tag.values {
                let folders = Set(survey.roots.compactMap { Self.segment(segment, of: $0) }).subtracting(values).sorted()
                tag.values = values + folders
            }
        } else if key.values.count == 1, key.values[0].count >= max(3, key.unknownValues) {
            tag.preset = YAMLText.scalar(key.values[0].name)
        }
        if tag.values != nil || tag.preset != nil {
            tag.comment += "; " + key.values.prefix(4).map { "\($0.count) '\($0.name)'" }.joined(separator: ", ")
            if key.values.count > 4 { tag.comment += ", …" }
        }
        return tag
    }

    /// The values, where they are few and each is written several times; of several words for one thing only the most frequent one.
    private static func allowed(_ key: TagSurvey.Key) -> [String]? {
        let known = key.values.reduce(0) { $0 + $1.count }
        let isSmall = (2...6).contains(key.values.count) && (known >= key.values.count * 3 || key.meaning == "environment")
        guard isSmall, key.unknownValues * 2 <= known else { return nil }
        var seen: Set<String> = []
        return key.values.map(\.name).filter { name in
            let word = name.lowercased()
            return seen.insert(sameEnvironment[word] ?? word).inserted
        }
    }

    private static let sameEnvironment = [
        "production": "prod", "prd": "prod", "development": "dev", "stage": "staging", "stg": "staging",
    ]

    /// Which folder of the path is the value of nearly all resources, and of every root one of the values, or an environment.
    private func segment(of key: TagSurvey.Key) -> Int? {
        guard key.places.count >= 2 else { return nil }
        let values = Set(key.values.map(\.name))
        return (1...6).first { number in
            let matching = key.places.count { Self.segment(number, of: $0.root) == $0.value }
            return matching * 5 >= key.places.count * 4
                && survey.roots.allSatisfy { root in
                    guard let folder = Self.segment(number, of: root) else { return false }
                    return values.contains(folder) || (key.meaning == "environment" && TeamSurvey.isEnvironment(folder))
                }
        }
    }

    /// The folder that is an environment in each root.
    private var environmentSegment: Int? {
        (1...6).first { number in
            !survey.roots.isEmpty && survey.roots.allSatisfy { Self.segment(number, of: $0).map(TeamSurvey.isEnvironment) ?? false }
        }
    }

    private static func segment(_ number: Int, of root: String) -> String? {
        let parts = root.split(separator: "/")
        return number <= parts.count ? String(parts[number - 1]) : nil
    }
}
