/// What tags of the bill mean: virtual ones, other names and spellings of those that are there. `kind: TagRule`.
///
/// Rows of the bill alone are read so; code and state keep the tags that they have.
package struct TagRule: Hashable, Sendable {
    /// Where a tag's value comes from.
    package struct Setting: Hashable, Sendable {
        package enum LetterCase: String, Hashable, Sendable, CaseIterable { case lower, upper }

        package enum Source: Hashable, Sendable {
            case value(String)
            /// The first of these tags that has one.
            case tags([String])
        }

        package var source: Source
        package var letterCase: LetterCase?
        /// What stands for a value, as it is spelled after `letterCase`; others stay.
        package var map: [String: String]

        package init(_ source: Source, letterCase: LetterCase? = nil, map: [String: String] = [:]) {
            self.source = source
            self.letterCase = letterCase
            self.map = map
        }

        /// Nil: none of the tags that it comes from has a value.
        func value(of tags: [String: String]) -> String? {
            let found: String? =
                switch source {
                case .value(let value): value
                case .tags(let keys): keys.lazy.compactMap { tags[$0].flatMap { $0.isEmpty ? nil : $0 } }.first
                }
            guard let found else { return nil }
            let spelled =
                switch letterCase {
                case .lower: found.lowercased()
                case .upper: found.uppercased()
                case nil: found
                }
            return map[spelled] ?? spelled
        }

        /// The tags that it reads.
        package var inputs: [String] { if case .tags(let keys) = source { keys } else { [] } }
    }

    /// The rows that it is about: every part that is stated must hold. Only accounts, services, regions and tags are asked, tags as billed.
    package typealias Scope = Allocation.Scope

    package var name: String
    package var place: Place
    package var scope: Scope
    /// By the key of the tag that is made.
    package var settings: [String: Setting]

    package init(name: String, place: Place, scope: Scope = Scope(), settings: [String: Setting]) {
        self.name = name
        self.place = place
        self.scope = scope
        self.settings = settings
    }

    /// `TagRule/spelling`
    package var reference: String { "\(PolicyKind.tagRule.rawValue)/\(name)" }
}

/// All rules of a workspace.
///
/// For a row and a key at most one rule counts: of those whose scope holds and that set the key the one whose scope says most, of several
/// such the first by name. Rules read what was billed and never what another rule made, so that their order means nothing.
package struct TagRules: Hashable, Sendable {
    /// By precedence.
    package let rules: [TagRule]

    package static let none = TagRules([])

    package init(_ rules: [TagRule]) {
        self.rules = rules.sorted { ($1.scope.specificity, $0.name) < ($0.scope.specificity, $1.name) }
    }

    package var isEmpty: Bool { rules.isEmpty }

    /// Every key that a rule reads or makes.
    package var allKeys: Set<String> { inputs(of: Set(rules.flatMap(\.settings.keys))) }

    /// The keys that must be read of a bill so that these are known, themselves included.
    package func inputs(of keys: Set<String>) -> Set<String> {
        rules.reduce(into: keys) { found, rule in
            let settings = rule.settings.filter { keys.contains($0.key) }
            guard !settings.isEmpty else { return }
            found.formUnion(settings.values.flatMap(\.inputs))
            found.formUnion((rule.scope.lines.tags ?? [:]).keys)
            found.formUnion(rule.scope.untagged)
        }
    }

    /// A row's tags, and by key the rule that made one.
    ///
    /// - Parameter tags: as billed.
    package func applied(
        to tags: [String: String], account: String, service: String, region: String
    ) -> (tags: [String: String], rules: [String: TagRule]) {
        var result = tags
        var made: [String: TagRule] = [:]
        var decided: Set<String> = []
        for rule in rules where rule.holds(tags, account, service, region) {
            for (key, setting) in rule.settings where decided.insert(key).inserted {
                guard let value = setting.value(of: tags) else { continue }
                result[key] = value
                made[key] = rule
            }
        }
        return (result, made)
    }
}

extension TagRule {
    fileprivate func holds(_ tags: [String: String], _ account: String, _ service: String, _ region: String) -> Bool {
        let lines = scope.lines
        return lines.accounts?.contains(account) ?? true && lines.services?.contains(service) ?? true
            && lines.regions?.contains(region) ?? true && (lines.tags ?? [:]).allSatisfy { tags[$0.key] == $0.value }
            && scope.untagged.allSatisfy { tags[$0]?.isEmpty ?? true }
    }
}

extension CostTable {
    /// The same bill with its tags as the rules say; nothing else changes.
    package func tagged(by rules: TagRules) -> CostTable {
        guard !rules.isEmpty else { return self }
        struct Origin: Hashable {
            var tagSet: Int32
            var account: Int32
            var service: Int32
            var region: Int32
        }
        var table = self
        var numbers = Dictionary(tagSets.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
        var known: [Origin: Int32] = [:]
        for index in table.lines.indices {
            let key = table.lines[index].key
            let origin = Origin(tagSet: key.tagSet, account: key.account, service: key.service, region: key.region)
            if let number = known[origin] {
                table.lines[index].key.tagSet = number
                continue
            }
            let tags = rules.applied(
                to: tagSets[Int(key.tagSet)], account: name(key.account), service: name(key.service), region: name(key.region)
            ).tags
            let number = numbers[tags] ?? Int32(table.tagSets.count)
            if numbers.updateValue(number, forKey: tags) == nil { table.tagSets.append(tags) }
            known[origin] = number
            table.lines[index].key.tagSet = number
        }
        return table
    }
}
