import CostModel
import Diagnostics
import Git
import Observation
package import Reporting

/// Code with what it costs: by its own bill, else by estimate.
package struct CodeCosts {
    /// Of a larger folder nobody reads every block.
    private static let mostFiles = 2_000

    private let evaluated: EvaluatedWorkspace
    private let costs: [ResourceIdentity: ResourceCost]
    private let findings: [ResourceIdentity: [String]]
    private let byFile: [String: [Resource]]
    private let byRoot: [String: [Resource]]

    package init(_ evaluated: EvaluatedWorkspace, _ inputs: EstimateInputs) {
        self.evaluated = evaluated
        let result = evaluated.evaluation
        let oldest = OldestWindow(evaluated)
        let estimates = evaluated.estimate(inputs).resources
        costs = Dictionary(
            estimates.map { estimate in
                let identity = estimate.identity
                guard let spend = result.spend[identity], result.unknownSpend == nil else {
                    let isFree = estimate.status == .free
                    return (
                        identity, ResourceCost(identity: identity, monthly: estimate.monthly ?? (isFree ? .zero : nil), isBilled: false)
                    )
                }
                return (
                    identity,
                    ResourceCost(
                        identity: identity, monthly: spend.monthly.amount, isBilled: true,
                        earlier: result.previousSpend[identity]?.monthly.amount, earliest: oldest.monthly(of: identity))
                )
            }, uniquingKeysWith: { first, _ in first })
        findings = result.findings.reduce(into: [:]) { found, finding in
            guard finding.isOpen, let resource = finding.resource?.identity else { return }
            found[resource, default: []].append(finding.id)
        }
        byFile = Dictionary(grouping: evaluated.observed.resources, by: \.location.file)
        byRoot = Dictionary(grouping: evaluated.observed.resources, by: \.identity.root)
    }

    /// A file, or every file of a folder that declares something.
    ///
    /// - Parameter path: relative to the workspace; `.` is all of it.
    /// - Throws: where there is no such file or folder.
    package func files(at path: String) throws(WorkspaceError) -> (files: [CodeFile], isFile: Bool) {
        let tree = evaluated.workspace.tree
        let path = Self.tidied(path)
        let paths = tree.entries.map(\.path)
        if paths.contains(path) { return ([try file(path)], true) }
        let folder = path.isEmpty ? "" : path + "/"
        let found = paths.filter { $0.hasPrefix(folder) && ($0.hasSuffix(".tf") || byFile[$0] != nil) }
        guard !found.isEmpty else { throw .usage("there is no file or folder '\(path)' with infrastructure code in the workspace") }
        guard found.count <= Self.mostFiles else {
            throw .usage("'\(path.isEmpty ? "." : path)' has \(found.count) files: name a folder with at most \(Self.mostFiles)")
        }
        var files: [CodeFile] = []
        for path in found.sorted() { files.append(try file(path)) }
        return (files.filter { !$0.blocks.isEmpty }, false)
    }

    /// `./infra//app/` is `infra/app`.
    private static func tidied(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    private func file(_ path: String) throws(WorkspaceError) -> CodeFile {
        let bytes: [UInt8]
        do throws(GitError) { bytes = try evaluated.workspace.tree.read(path) } catch { throw .failed("\(error)") }
        let source = SourceFile(path: path, bytes: bytes)
        let hidden = evaluated.estate.secretLines(of: path)
        let count = source.lineCount
        let lines = (0..<count).map { index in
            hidden.contains(index + 1) ? "(hidden: a secret is written here)" : source.text(source.contentRange(ofLine: index + 1))
        }
        var blocks = declared(in: path) + calls(in: path, lines)
        if !blocks.isEmpty {
            let origins = BlockOrigins(evaluated.workspace, path, bytes, lines)
            for index in blocks.indices { blocks[index].origin = origins.origin(of: blocks[index].place) }
        }
        // The last line is empty where the file ends as it should.
        let shown = lines.last == "" ? Array(lines.dropLast()) : lines
        return CodeFile(path: path, lines: shown, blocks: blocks.sorted { $0.place < $1.place })
    }

    private func declared(in path: String) -> [CodeBlock] {
        Dictionary(grouping: byFile[path] ?? [], by: \.location.line).values.map { resources in
            let first = resources[0]
            let name = first.identity.blockAddress.split(separator: ".").suffix(2).joined(separator: ".")
            return block(.resource, name, first.location, resources)
        }
    }

    /// The module calls of a root's file: what they declare lies elsewhere.
    private func calls(in path: String, _ lines: [String]) -> [CodeBlock] {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
        guard let resources = byRoot[folder] else { return [] }
        return ModuleCallLines(lines).calls.compactMap { call in
            let address = "module.\(call.name)"
            let own = resources.filter { $0.identity.address.hasPrefix(address + ".") || $0.identity.address.hasPrefix(address + "[") }
            guard !own.isEmpty else { return nil }
            return block(.module, address, Place(file: path, line: call.lines.lowerBound, endLine: call.lines.upperBound), own)
        }
    }

    private func block(_ kind: CodeBlock.Kind, _ name: String, _ place: Place, _ resources: [Resource]) -> CodeBlock {
        let identities = resources.map(\.identity).sorted()
        return CodeBlock(
            kind: kind, name: name, place: place,
            resources: identities.map { costs[$0] ?? ResourceCost(identity: $0, monthly: nil, isBilled: false) },
            findings: identities.flatMap { findings[$0] ?? [] }, origin: nil)
    }
}

/// Where a file's text calls modules: by its lines, as formatters write them.
struct ModuleCallLines {
    private(set) var calls: [(name: String, lines: ClosedRange<Int>)] = []

    init(_ lines: [String]) {
        var open: (name: String, line: Int)?
        for (index, line) in lines.enumerated() {
            if let started = open {
                guard line.hasPrefix("}") else { continue }
                calls.append((started.name, started.line...index + 1))
                open = nil
            } else if line.hasPrefix("module \"") {
                let name = String(line.dropFirst(8).prefix { $0 != "\"" })
                if line.hasSuffix("}") { calls.append((name, index + 1...index + 1)) } else { open = (name, index + 1) }
            }
        }
    }
}

/// What resources were billed in the third newest run of 28 days.
private struct OldestWindow {
    private var sums: [ResourceIdentity: FixedDecimal] = [:]
    private let isCovered: Bool

    init(_ evaluated: EvaluatedWorkspace) {
        let table = evaluated.observed.cost
        let end = evaluated.evaluation.coverage?.newestWhole?.advanced(by: 1) ?? evaluated.now.day
        let window = end.advanced(by: -84)..<end.advanced(by: -56)
        isCovered = table.days.map { $0.lowerBound <= window.lowerBound } ?? false
        guard isCovered else { return }
        let names = Dictionary(
            evaluated.observed.resources.flatMap { resource in
                (resource.deployed?.comparableNames ?? []).map { ($0, resource.identity) }
            }, uniquingKeysWith: { first, _ in first })
        let resources = table.names.map { names[BilledName.comparable($0)] }
        for line in table.lines where window.contains(line.key.day) {
            guard let resource = resources[Int(line.key.resource)] else { continue }
            sums[resource, default: .zero] += line.amounts.effective
        }
    }

    /// Nil where the bill does not reach so far.
    func monthly(of resource: ResourceIdentity) -> FixedDecimal? {
        isCovered ? (sums[resource] ?? .zero).scaled(by: 365, over: 336) : nil
    }
}
