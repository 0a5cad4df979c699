import Charts
import CostModel
import Reporting

/// Which resources name each other in the code, root by root, the dearest first.
struct ReferencesPage {
    /// Pictures of a page, and boxes of a picture: more nobody follows with their eyes.
    private static let (mostRoots, mostBlocks) = (8, 40)
    private static let mostRows = 300

    let site: SiteContent
    let names: PageNames

    var body: HTML {
        guard let graph = site.references else {
            return "<h1>References</h1>\(Parts.empty("Who names whom is known where code is read: 'bursar report' shows it."))"
        }
        guard !graph.references.isEmpty else {
            return "<h1>References</h1>\(Parts.empty("No resource of the code names another one of its module."))"
        }
        let roots = roots(of: graph)
        let pictures = roots.prefix(Self.mostRoots).enumerated().map { index, root in picture(root, graph, id: "c-root\(index)") }
        let more = roots.count - pictures.count
        let note: HTML? =
            more > 0 ? "<p class=\"lead\">\(counted(more, "more root")) \(more == 1 ? "is" : "are") only in the table.</p>" : nil
        return """
            <h1>References</h1><p class="lead">Whoever names stands on the left of what is named; the darker the edge of a box, the dearer. \
            References within a module, in the code; what a block costs is what its resources cost in a month.</p>\(pictures)\(note)\
            \(Parts.section("Blocks that name or are named", id: "blocks", table(graph)))
            """
    }

    // MARK: Pictures

    private struct Root {
        var name: String
        /// Places of the blocks that name or are named.
        var members: [Int]
        /// Nil: none of them is on the bill.
        var monthly: Money?
    }

    /// The dearest first.
    private func roots(of graph: ResourceGraph) -> [Root] {
        let connected = Set(graph.references.flatMap { [$0.from, $0.to] })
        return Dictionary(grouping: connected.sorted(), by: { graph.blocks[$0].identity.root }).map { name, members in
            let amounts = members.compactMap { graph.blocks[$0].monthly }
            return Root(name: name, members: members, monthly: amounts.isEmpty ? nil : site.sum(amounts))
        }.sorted { a, b in
            let (left, right) = (a.monthly?.amount ?? .zero, b.monthly?.amount ?? .zero)
            return left == right ? a.name < b.name : left > right
        }
    }

    private func picture(_ root: Root, _ graph: ResourceGraph, id: String) -> HTML {
        let shown = chosen(root.members, graph)
        let places = Dictionary(shown.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let edges = graph.references.compactMap { reference -> GraphChart.Edge? in
            places[reference.from].flatMap { from in places[reference.to].map { GraphChart.Edge(from: from, to: $0) } }
        }
        let nodes = shown.map { index -> GraphChart.Node in
            let block = graph.blocks[index]
            let count = block.count > 1 ? " · \(block.count) of them" : ""
            return GraphChart.Node(
                block.identity.address,
                block.monthly.map { ChartValue($0.amount.approximation, "\($0.short)/month\(count)") })
        }
        let title = "\(root.name.isEmpty ? "the workspace's root" : root.name.clipped(to: 120))"
        let rest = root.members.count - shown.count
        let left = rest > 0 ? "; \(counted(rest, "cheaper block")) left out" : ""
        let sum = root.monthly.map { ". \($0.short)/month together." } ?? "; none is on the bill."
        let chart = GraphChart(
            title: "References in \(title)",
            summary: "\(counted(nodes.count, "block")), \(counted(edges.count, "reference"))\(left)\(sum)",
            nodes: nodes, edges: edges, unknown: "not on the bill")
        return Parts.section(title, id: "\(id)-h", chart.picture.scrolled(id: id))
    }

    /// Whole groups that hang together, the dearest first, while there is room; of the first that is too large the dearest blocks.
    private func chosen(_ members: [Int], _ graph: ResourceGraph) -> [Int] {
        guard members.count > Self.mostBlocks else { return members }
        struct Group {
            var members: [Int]
            var sum: FixedDecimal
        }
        let groups = groups(of: members, graph).map { members in
            Group(members: members, sum: members.reduce(FixedDecimal.zero) { $0 + cost($1, graph) })
        }.sorted { a, b in a.sum == b.sum ? a.members[0] < b.members[0] : a.sum > b.sum }
        var shown: [Int] = []
        for group in groups where shown.count + group.members.count <= Self.mostBlocks { shown += group.members }
        if shown.isEmpty { shown = Array(dearest(groups[0].members, graph).prefix(Self.mostBlocks)) }
        return shown.sorted()
    }

    private func cost(_ index: Int, _ graph: ResourceGraph) -> FixedDecimal { graph.blocks[index].monthly?.amount ?? .zero }

    private func dearest(_ blocks: some Collection<Int>, _ graph: ResourceGraph) -> [Int] {
        blocks.sorted { a, b in
            let (left, right) = (cost(a, graph), cost(b, graph))
            return left == right ? a < b : left > right
        }
    }

    /// What hangs together by references; each sorted.
    private func groups(of members: [Int], _ graph: ResourceGraph) -> [[Int]] {
        var neighbours: [Int: [Int]] = [:]
        for reference in graph.references {
            neighbours[reference.from, default: []].append(reference.to)
            neighbours[reference.to, default: []].append(reference.from)
        }
        var seen: Set<Int> = []
        var groups: [[Int]] = []
        for first in members where seen.insert(first).inserted {
            var (group, open) = ([first], [first])
            while let node = open.popLast() {
                for next in neighbours[node] ?? [] where seen.insert(next).inserted {
                    group.append(next)
                    open.append(next)
                }
            }
            groups.append(group.sorted())
        }
        return groups
    }

    // MARK: The table

    private func table(_ graph: ResourceGraph) -> HTML {
        var (names, named): ([Int: Int], [Int: Int]) = ([:], [:])
        for reference in graph.references {
            names[reference.from, default: 0] += 1
            named[reference.to, default: 0] += 1
        }
        let connected = dearest(Set(names.keys).union(named.keys), graph)
        let rows = connected.prefix(Self.mostRows).map { index -> [PageTable.Cell] in
            let block = graph.blocks[index]
            return [
                .init(text: block.identity.address, most: 200), .init(text: block.identity.root, most: 120), .init(block.monthly),
                .init(text: "\(block.billed) of \(block.count)"), .init(names[index] ?? 0), .init(named[index] ?? 0),
                .init(Parts.link(block.place.description, to: site.code?.file(block.place)), key: block.place.description.clipped(to: 200)),
            ]
        }
        let table = PageTable(
            "Blocks that name or are named",
            [
                .init("block", .sentence), .init("root"), .init("month", .number), .init("on the bill"), .init("names", .number),
                .init("named by", .number), .init("where", .path),
            ], rows)
        let more = connected.count - rows.count
        return "\(table.html)\(more > 0 ? "<p class=\"lead\">\(counted(more, "cheaper block")) left out.</p>" as HTML : "")"
    }
}
