import Diagnostics

/// Builds the trees of a file from libyaml's events, resolving aliases and holding the limits.
struct TreeBuilder {
    private let source: SourceFile
    private let limits: YAMLLimits
    private let reader: EventReader
    private let spans: NodeSpans
    private var anchors: [String: Anchored] = [:]
    /// Anchors whose value is still being read: an alias to one of them would hold itself.
    private var openAnchors: Set<String> = []
    private var nodeCount = 0
    private(set) var documents: [YAMLNode] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// A value behind an anchor, with what a copy of it costs.
    private struct Anchored {
        var node: YAMLNode
        var size: Size
    }

    /// What counts against the limits: all values in a tree, and how deep they stand.
    private struct Size {
        var nodes = 1
        var height = 0

        mutating func add(_ child: Size) {
            nodes += child.nodes
            height = max(height, child.height + 1)
        }
    }

    /// Reading ends here; the reason is among the diagnostics.
    private struct Stop: Error {}

    init(source: SourceFile, limits: YAMLLimits) {
        self.source = source
        self.limits = limits
        reader = EventReader(source.bytes)
        spans = NodeSpans(bytes: source.bytes)
    }

    mutating func readStream() {
        do {
            while let event = try nextInStream() {
                guard case .documentStart = event.kind else { continue }
                guard documents.count < limits.documents else {
                    throw stop(
                        "yaml-limit", "a file may hold \(limits.documents) documents", event.bytes.lowerBound..<event.bytes.lowerBound)
                }
                anchors = [:]
                documents.append(try node(next(), depth: 0).node)
            }
        } catch {
            // The reason has been added to the diagnostics.
        }
    }

    private mutating func nextInStream() throws(Stop) -> Event? {
        let event = try next()
        if case .streamEnd = event.kind { return nil }
        return event
    }

    private mutating func next() throws(Stop) -> Event {
        do {
            return try reader.next()
        } catch {
            diagnostics.append(SyntaxProblem.diagnostic(for: error, in: source))
            throw Stop()
        }
    }

    // MARK: Values

    private mutating func node(_ event: Event, depth: Int) throws(Stop) -> (node: YAMLNode, size: Size) {
        let start = spans.contentStart(of: event)
        if let tag = event.tag { try reject(tag: tag, event, start) }
        if case .alias = event.kind { return try copy(of: event, depth: depth) }
        try count(1, at: event.bytes)
        if let anchor = event.anchor { openAnchors.insert(anchor) }
        var size = Size()
        var content = YAMLNode.Content.sequence([])
        var isFlow = false
        var end = event.bytes.upperBound
        switch event.kind {
        case .scalar(let scalar):
            content = .scalar(scalar)
            end = spans.scalarEnd(scalar, start..<event.bytes.upperBound)
        case .sequenceStart(let flow):
            isFlow = flow
            try checkDepth(depth, event)
            (content, end) = try sequence(from: event, depth: depth, size: &size)
        case .mappingStart(let flow):
            isFlow = flow
            try checkDepth(depth, event)
            (content, end) = try mapping(from: event, depth: depth, size: &size)
        case .documentStart, .documentEnd, .collectionEnd, .alias, .streamEnd:
            preconditionFailure("libyaml's grammar has no such event where a value begins")
        }
        let node = YAMLNode(content, isFlow: isFlow, range: SourceRange(source, start..<max(start, end)))
        if let anchor = event.anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = Anchored(node: node, size: size)
        }
        return (node, size)
    }

    private mutating func sequence(from start: Event, depth: Int, size: inout Size) throws(Stop) -> (YAMLNode.Content, end: Int) {
        var elements: [YAMLNode] = []
        var end: Int?
        var event = try next()
        while !event.endsCollection {
            let (element, elementSize) = try node(event, depth: depth + 1)
            size.add(elementSize)
            elements.append(element)
            end = element.range.bytes.upperBound
            event = try next()
        }
        return (.sequence(elements), spans.collectionEnd(start, event, lastChild: end))
    }

    private mutating func mapping(from start: Event, depth: Int, size: inout Size) throws(Stop) -> (YAMLNode.Content, end: Int) {
        var entries: [YAMLEntry] = []
        var places: [String: SourceRange] = [:]
        var end: Int?
        var event = try next()
        while !event.endsCollection {
            let (key, keySize) = try node(event, depth: depth + 1)
            var (value, valueSize) = try node(next(), depth: depth + 1)
            if !value.isAlias { value.range.bytes = spans.valueRange(value.range.bytes, behind: key.range.bytes) }
            size.add(keySize)
            size.add(valueSize)
            end = value.range.bytes.upperBound
            try add(YAMLEntry(keyNode: key, key: key.scalar?.text ?? "", value: value), to: &entries, &places)
            event = try next()
        }
        return (.mapping(entries), spans.collectionEnd(start, event, lastChild: end))
    }

    /// A duplicate or impossible key is reported and left out, so that what follows is judged once.
    private mutating func add(_ entry: YAMLEntry, to entries: inout [YAMLEntry], _ places: inout [String: SourceRange]) throws(Stop) {
        guard entry.keyNode.scalar != nil else {
            try report("complex-key", "a key must be a single word, not a list or a mapping", at: entry.keyRange)
            return
        }
        if let first = places[entry.key] {
            try report(
                "duplicate-key", "duplicate key '\(shortened(entry.key))'", at: entry.keyRange,
                notes: [.init("first written here", at: first)])
            return
        }
        places[entry.key] = entry.keyRange
        entries.append(entry)
    }

    // MARK: Aliases, tags and limits

    private mutating func copy(of alias: Event, depth: Int) throws(Stop) -> (node: YAMLNode, size: Size) {
        let name = alias.anchor ?? ""
        let place = SourceRange(source, alias.bytes)
        guard var found = anchors[name] else {
            // Comparing with very many names would take longer than a person would search.
            let hint = anchors.count <= 1_000 ? DidYouMean.hint(for: name, in: anchors.keys) : ""
            let isInside = openAnchors.contains(name)
            let message =
                isInside ? "alias '*\(shortened(name))' stands inside the value it repeats" : "unknown alias '*\(shortened(name))'\(hint)"
            try report("yaml-alias", message, at: place)
            return (YAMLNode(.scalar(YAMLScalar(text: "", style: .plain)), range: place, isAlias: true), Size())
        }
        guard depth + found.size.height <= limits.depth else {
            throw stop("yaml-limit", "with its aliases expanded this is nested more than \(limits.depth) deep", alias.bytes)
        }
        try count(found.size.nodes, at: alias.bytes)
        found.node.range = place
        found.node.isAlias = true
        return (found.node, found.size)
    }

    private mutating func reject(tag: String, _ event: Event, _ contentStart: Int) throws(Stop) {
        let range = spans.tagRange(in: event.bytes.lowerBound..<contentStart) ?? event.bytes
        let hint = tag == "tag:yaml.org,2002:str" ? "; put the value in quotes to make it a string" : ""
        let written = SourceRange(source, range)
        try report("yaml-tag", "tags such as '\(shortened(written.text))' are not supported\(hint)", at: written)
    }

    private mutating func checkDepth(_ depth: Int, _ event: Event) throws(Stop) {
        guard depth >= limits.depth else { return }
        throw stop("yaml-limit", "lists and mappings are nested more than \(limits.depth) deep", event.bytes)
    }

    private mutating func count(_ nodes: Int, at bytes: Range<Int>) throws(Stop) {
        nodeCount += nodes
        guard nodeCount > limits.nodes else { return }
        throw stop("yaml-limit", "the file has more than \(limits.nodes) values, counting those that aliases repeat", bytes)
    }

    private mutating func report(_ id: String, _ message: String, at range: SourceRange, notes: [Diagnostic.Note] = []) throws(Stop) {
        diagnostics.append(Diagnostic(.error, id: id, message, at: range, notes: notes))
        guard diagnostics.count < limits.problems else {
            throw stop("yaml-limit", "more than \(limits.problems) problems; the rest is not read", range.bytes)
        }
    }

    private mutating func stop(_ id: String, _ message: String, _ bytes: Range<Int>) -> Stop {
        diagnostics.append(Diagnostic(.error, id: id, message, at: SourceRange(source, bytes)))
        return Stop()
    }
}

/// Names from a hostile file may be as long as the file.
private func shortened(_ text: String) -> String { text.utf8.count <= 60 ? text : text.prefix(57) + "…" }

extension Event {
    fileprivate var endsCollection: Bool {
        if case .collectionEnd = kind { return true }
        return false
    }
}
