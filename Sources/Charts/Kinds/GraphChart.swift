/// Things that name each other, as boxes in columns: who names stands on the left of what is named.
package struct GraphChart: Hashable, Sendable {
    package struct Node: Hashable, Sendable {
        package var name: String
        /// What is to be said of it below its name; its size gives the box its shade. Nil: not known.
        package var value: ChartValue?

        package init(_ name: String, _ value: ChartValue?) {
            self.name = name
            self.value = value
        }
    }

    /// By the places of nodes.
    package struct Edge: Hashable, Sendable {
        package var from: Int
        package var to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    package var title: String
    package var summary: String
    package var nodes: [Node]
    package var edges: [Edge]
    /// What is said of a node without a value.
    package var unknown: String

    package init(title: String, summary: String, nodes: [Node], edges: [Edge], unknown: String) {
        self.title = title
        self.summary = summary
        self.nodes = nodes
        self.edges = edges.filter { $0.from != $0.to && nodes.indices.contains($0.from) && nodes.indices.contains($0.to) }
        self.unknown = unknown
    }

    private static let (width, height) = (232.0, 42.0)
    private static let (across, down) = (64.0, 10.0)

    package var picture: Picture {
        let columns = columns
        var places: [Int: (x: Double, y: Double)] = [:]
        let tallest = columns.map(\.count).max() ?? 0
        for (column, members) in columns.enumerated() {
            let offset = Double(tallest - members.count) / 2
            for (row, node) in members.enumerated() {
                places[node] = (
                    4 + Double(column) * (Self.width + Self.across), 4 + (Double(row) + offset) * (Self.height + Self.down)
                )
            }
        }
        let lines = edges.map { edge -> HTML in
            guard let from = places[edge.from], let to = places[edge.to] else { return "" }
            return Self.line(from, to)
        }
        let steps = steps
        let boxes = nodes.indices.map { index -> HTML in
            guard let place = places[index] else { return "" }
            return box(nodes[index], at: place, steps)
        }
        return Picture(
            title: title, summary: summary, width: 8 + Double(max(columns.count, 1)) * (Self.width + Self.across) - Self.across,
            height: 8 + Double(max(tallest, 1)) * (Self.height + Self.down) - Self.down, table: table, drawing: "\(lines)\(boxes)")
    }

    /// Goes out on the right and comes in on the left; back to an earlier column it goes around the boxes.
    private static func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) -> HTML {
        let (x, y) = (from.x + width, from.y + height / 2)
        let (end, level) = (to.x, to.y + height / 2)
        let bend = max((end - x) / 2, across / 2)
        return """
            <path class="n o" stroke-width="1" stroke-opacity=".45" d="M\(x) \(y)C\(x + bend) \(y) \(end - bend) \(level) \(end - 6) \(level)"/>\
            <path class="x" fill-opacity=".6" d="M\(end - 7) \(level - 4)L\(end) \(level)L\(end - 7) \(level + 4)z"/>
            """
    }

    private func box(_ node: Node, at place: (x: Double, y: Double), _ steps: [Double]) -> HTML {
        let shade: HTML
        if let value = node.value {
            let opacity: HTML = [".15", ".4", ".7", "1"][steps.count { value.size > $0 }]
            shade =
                "<rect class=\"s1\" fill-opacity=\"\(opacity)\" x=\"\(place.x + 1)\" y=\"\(place.y + 1)\" width=\"12\" height=\"\(Self.height - 2)\"/>"
        } else {
            shade = ""
        }
        let dashes: HTML = node.value == nil ? " stroke-dasharray=\"4 3\"" : ""
        return """
            <g><title>\(node.name.clipped(to: 200))</title><rect class="z o" stroke-opacity=".5"\(dashes) x="\(place.x)" y="\(place.y)" \
            width="\(Self.width)" height="\(Self.height)" rx="4"/>\(shade)\
            <text x="\(place.x + 20)" y="\(place.y + 17)">\(Self.shortened(node.name))</text>\
            <text class="m" x="\(place.x + 20)" y="\(place.y + 33)">\(node.value?.text ?? unknown)</text></g>
            """
    }

    /// What stands at the end of an address tells more than its beginning.
    private static func shortened(_ name: String) -> String {
        let most = 29
        let scalars = name.clipped(to: 200).unicodeScalars
        guard scalars.count > most else { return String(scalars) }
        return "…" + String(String.UnicodeScalarView(scalars.suffix(most - 1)))
    }

    private var table: FigureTable {
        var targets: [Int: [Int]] = [:]
        for edge in edges { targets[edge.from, default: []].append(edge.to) }
        return FigureTable(
            [.init("what"), .init("amount", isNumber: true), .init("names")],
            nodes.enumerated().map { index, node in
                let named = targets[index, default: []].prefix(8).map { nodes[$0].name.clipped(to: 80) }
                let more = (targets[index]?.count ?? 0) - named.count
                return [
                    node.name.clipped(to: 120), node.value?.text ?? unknown,
                    named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
                ]
            })
    }

    /// Four shades, by quarters of what is known and above nothing.
    private var steps: [Double] {
        let known = nodes.compactMap { $0.value?.size }.filter { $0 > 0 }.sorted()
        guard !known.isEmpty else { return [0, 0, 0] }
        return (1...3).map { known[min(known.count - 1, (known.count * $0 - 1) / 4)] }
    }

    // MARK: Where nodes stand

    /// The nodes of each column, from top to bottom. Each is one column behind the last that names it; in a circle somebody has to be first.
    private var columns: [[Int]] {
        var incoming = Array(repeating: 0, count: nodes.count)
        var targets: [[Int]] = Array(repeating: [], count: nodes.count)
        var sources = targets
        for edge in Set(edges).sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
            incoming[edge.to] += 1
            targets[edge.from].append(edge.to)
            sources[edge.to].append(edge.from)
        }
        var depth = Array(repeating: 0, count: nodes.count)
        var isPlaced = Array(repeating: false, count: nodes.count)
        var ready = nodes.indices.filter { incoming[$0] == 0 }
        var left = nodes.count
        while left > 0 {
            if ready.isEmpty, let first = isPlaced.firstIndex(of: false) { ready = [first] }
            let next = ready
            ready = []
            for node in next where !isPlaced[node] {
                isPlaced[node] = true
                left -= 1
                for target in targets[node] where !isPlaced[target] {
                    depth[target] = max(depth[target], depth[node] + 1)
                    incoming[target] -= 1
                    if incoming[target] == 0 { ready.append(target) }
                }
            }
        }
        var columns: [[Int]] = Array(repeating: [], count: (depth.max() ?? -1) + 1)
        for node in nodes.indices { columns[depth[node]].append(node) }
        var rows: [Int: Double] = [:]
        for index in columns.indices {
            // Near the middle of who names it: lines cross less.
            func middle(_ node: Int) -> Double {
                let known = sources[node].compactMap { rows[$0] }
                return known.isEmpty ? .infinity : known.reduce(0, +) / Double(known.count)
            }
            columns[index] = columns[index].map { ($0, middle($0)) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
            for (row, node) in columns[index].enumerated() { rows[node] = Double(row) - Double(columns[index].count) / 2 }
        }
        return columns
    }
}
