package import CostModel
package import Diagnostics

/// The inventories of a workspace, by format: which files they read, and what they make of them.
package struct Inventories {
    package typealias Registry = (InventoryFormat) -> any Estate.Type

    /// What reads which format.
    package static func estate(of format: InventoryFormat) -> any Estate.Type {
        switch format {
        case .terraform: TerraformEstate.self
        }
    }

    private struct Part {
        var format: InventoryFormat
        var type: any Estate.Type
        var sources: [InventorySource]
    }

    private let parts: [Part]

    /// - Parameters:
    ///   - sources: those of a workspace. Where it names none, all formats are read, so that code which does not parse is reported.
    ///   - registry: what reads which format.
    package init(_ sources: [InventorySource], registry: Registry = Inventories.estate) {
        parts = InventoryFormat.allCases.compactMap { format in
            let own = sources.filter { $0.format == format }
            return own.isEmpty && !sources.isEmpty ? nil : Part(format: format, type: registry(format), sources: own)
        }
    }

    /// Whether any of them has to see a file of this path.
    package func reads(_ path: String) -> Bool { parts.contains { $0.type.reads(path, for: $0.sources) } }

    /// - Parameters:
    ///   - files: at least those that are read.
    ///   - readsAttributes: whether policies ask for more of a resource than its tags and size.
    ///   - readsUndecided: whether blocks count, too, that make nothing as long as whoever applies the code sets nothing else.
    ///   - other: of another revision of the same workspace.
    ///   - states: reads the states of some roots.
    package func estate(
        of files: [SourceFile], readsAttributes: Bool, readsUndecided: Bool = false, like other: WorkspaceEstate? = nil,
        states: @escaping (_ sources: [InventorySource], _ roots: [String]) -> StateFiles
    ) -> WorkspaceEstate {
        WorkspaceEstate(
            parts.map { part in
                let input = EstateInput(
                    files: files.filter { part.type.reads($0.path, for: part.sources) }, sources: part.sources,
                    readsAttributes: readsAttributes, readsUndecided: readsUndecided, states: states)
                return WorkspaceEstate.Part(
                    format: part.format, sources: part.sources, estate: Self.make(part.type, input, like: other?.estate(of: part.format)))
            })
    }

    /// The lines of a file on which secrets are written out, as far as the files of its folder tell.
    package static func secretLines(of source: SourceFile, among files: [SourceFile]) -> Set<Int> {
        InventoryFormat.allCases.reduce(into: source.linesLikeSecrets) { lines, format in
            lines.formUnion(estate(of: format).secretLines(of: source.path, among: files))
        }
    }

    private static func make<Made: Estate>(_ type: Made.Type, _ input: EstateInput, like other: (any Estate)?) -> any Estate {
        Made(input, like: other as? Made)
    }
}
