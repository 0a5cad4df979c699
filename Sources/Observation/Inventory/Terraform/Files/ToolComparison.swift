import CostModel

/// What Terraform makes of a root that OpenTofu reads other files of.
///
/// Which of the two is used stands nowhere in the code. A `main.tofu` beside a `main.tf` must not hide from us what Terraform deploys, so the
/// root is read as both read it, and where that makes a difference to any resource it is not known.
struct ToolComparison {
    let reader: TerraformReader
    /// As OpenTofu reads it.
    let code: TerraformCode
    private let terraform: TerraformCode
    private let graph: ModuleGraph

    /// Nil where both read the same.
    init?(_ code: TerraformCode, _ reader: TerraformReader) {
        guard !code.mixedFiles(in: Set(code.folders.keys)).isEmpty else { return nil }
        self.reader = reader
        self.code = code
        var other = code
        other.tool = .terraform
        terraform = other
        graph = ModuleGraph(other)
    }

    /// The folders that Terraform would use.
    func folders(of root: String) -> Set<String> { graph.modules[root] == nil ? [] : graph.reachable(from: root) }

    /// The root with a problem where the two differ.
    func compare(_ root: TerraformInventory.Root) -> TerraformInventory.Root {
        guard let file = code.mixedFiles(in: root.folders).map(\.path).min(by: { $0.precedesByBytes($1) }), !root.isBroken else {
            return root
        }
        var root = root
        let other = reader.read(root.folder, folders(of: root.folder), graph, terraform)
        root.unseen += other.unseen.filter { !root.unseen.contains($0) }
        let difference = other.isBroken ? root.folder : Self.difference(told(root, code), told(other, terraform))
        guard let difference else { return root }
        root.problems.append(
            ObservationProblem(
                .partial, id: "mixed-tools", file: file,
                "OpenTofu reads this file and Terraform does not, and which is used is not known: they make different things of '\(difference)'"
            ))
        return root
    }

    /// Roots that only Terraform would find.
    func missing(_ roots: [String]) -> [ObservationProblem] {
        Set(graph.roots).subtracting(roots).sorted().map { folder in
            ObservationProblem(
                .partial, id: "mixed-tools", file: folder,
                "this folder is a root module to Terraform and none to OpenTofu, and which is used is not known")
        }
    }

    /// What a resource has that anybody judges, without where it is written.
    private struct Told: Equatable {
        var arguments: [String: SHA256.Digest]
        var tags: [String: String?]
        var mayHaveMore: Bool
        var size: String?
        var ignored: IgnoredChanges
        var exemptions: [InlineExemption.Content]
    }

    private func told(_ root: TerraformInventory.Root, _ code: TerraformCode) -> [String: Told] {
        let readers = reader.readers(in: root, of: code, countingTags: false)
        return Dictionary(
            root.resources.map { resource in
                let told = Told(
                    arguments: readers[resource.identity]?.digests ?? [:],
                    tags: Dictionary(uniqueKeysWithValues: resource.tags.tags.map { ($0.key, $0.value.value) }),
                    mayHaveMore: resource.tags.openReason != nil, size: resource.size?.value, ignored: resource.ignoredChanges,
                    exemptions: resource.inlineExemptions.map(\.content))
                return (resource.identity.address, told)
            }, uniquingKeysWith: { first, _ in first })
    }

    private static func difference(_ a: [String: Told], _ b: [String: Told]) -> String? {
        Set(a.keys).union(b.keys).sorted().first { a[$0] != b[$0] }
    }
}
