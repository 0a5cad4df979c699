import CostModel
import Diagnostics
import HCL

/// What most blocks of a folder take their tags from, where it has one name: `local.tags`, `module.label.tags`.
///
/// Whoever wrote the folder meant a further block to do the same; a map of its own beside it would be written by no one who knows the code.
struct UsualTags: Sendable {
    struct Source: Sendable {
        var expression: Expression
        /// As it is written.
        var name: String
        var file: SourceFile
    }

    private let sources: [String: Source]

    init(_ declarations: [Declaration]) {
        var counts: [String: [String: Int]] = [:]
        var totals: [String: Int] = [:]
        var found: [String: Source] = [:]
        for declaration in declarations {
            let names = declaration.block.type == "module" ? Self.ofCalls : [TagArgument.of(declaration.label(0) ?? "").name]
            for name in names {
                guard let (attribute, file) = declaration.attribute(name) else { continue }
                totals[name, default: 0] += 1
                guard let source = Self.source(attribute.value, file) else { continue }
                counts[name, default: [:]][source.name, default: 0] += 1
                if found[source.name] == nil { found[source.name] = source }
            }
        }
        sources = counts.compactMapValues { counts in counts.max { ($0.value, $1.key) < ($1.value, $0.key) } }
            .filter { name, most in 2 * most.value > totals[name, default: 0] && (most.value > 1 || Self.isMeantForTags(most.key)) }
            .compactMapValues { found[$0.key] }
    }

    /// - Parameter argument: what the tags are called: `tags`, `labels`.
    subscript(argument: String) -> Source? { sources[argument] }

    /// Of one block alone the name has to say what it is for.
    private static func isMeantForTags(_ name: String) -> Bool { ofCalls.contains { name.hasSuffix($0) } }

    private static let ofCalls = ["tags", "labels"]
    private static let roots = ["local.", "var.", "module."]

    /// `local.tags`, also as a part of `merge(local.tags, { Name = "a" })`.
    private static func source(_ expression: Expression, _ file: SourceFile) -> Source? {
        switch expression.kind {
        case .parentheses(let inner): return source(inner, file)
        case .call("merge", _, let arguments, _): return arguments.lazy.compactMap { source($0, file) }.first
        default:
            guard let name = expression.address, roots.contains(where: { name.hasPrefix($0) }) else { return nil }
            return Source(expression: expression, name: name, file: file)
        }
    }
}

extension ModuleInstance {
    /// What a block of this module without tags is to do.
    enum UsualWay {
        /// The blocks around have no way in common.
        case none
        case adopt(TagAdoption)
        /// They take their tags from something that cannot be known.
        case unknown(String)
    }

    func usualWay(_ argument: String, at place: EditLocation) -> UsualWay {
        guard let source = code.usualTags[argument] else { return .none }
        let value = evaluator.value(of: source.expression, in: scope(source.file))
        guard let map = value.mapValue else { return .unknown(source.name) }
        let insertions = map.sources.reversed().filter { $0.isLiteral && !context.isShared(ModulePath.folder(of: $0.file.path)) }
        guard map.openReason == nil || !insertions.isEmpty else { return .unknown(source.name) }
        // JSON syntax has another way to write it.
        guard !place.span.file.hasSuffix(".json") else { return .none }
        return .adopt(
            TagAdoption(
                place: place, expression: source.name, keys: Set(map.keys),
                values: Dictionary(map.entries.compactMap { entry in entry.value.text.map { (entry.key, $0) } }, uniquingKeysWith: { $1 }),
                insertions: insertions.map { .collection(FileSpan(file: $0.file.path, bytes: $0.range)) }))
    }
}
