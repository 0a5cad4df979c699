import CostModel
import Diagnostics
import HCL

/// A block, with what override files say of it.
struct Declaration: Sendable {
    var block: Block
    var file: SourceFile
    /// Blocks of override files with the same labels, in the order in which they apply.
    var overrides: [(block: Block, file: SourceFile)] = []

    /// An attribute, from the last override that has it.
    func attribute(_ name: String) -> (attribute: Attribute, file: SourceFile)? {
        for (block, file) in overrides.reversed() {
            if let attribute = block.body.attribute(name) { return (attribute, file) }
        }
        return block.body.attribute(name).map { ($0, file) }
    }

    /// Nested blocks of a type, as far as overrides leave them.
    func blocks(_ type: String) -> [(block: Block, file: SourceFile)] {
        guard !overrides.isEmpty else { return block.body.blocks(type).map { ($0, file) } }
        return mergedBlocks.filter { $0.block.type == type }
    }

    var attributeNames: Set<String> {
        overrides.reduce(into: Set(block.body.attributes.map(\.name))) { $0.formUnion($1.block.body.attributes.map(\.name)) }
    }

    var blockTypes: Set<String> {
        overrides.reduce(into: Set(block.body.blocks.map(\.type))) { $0.formUnion($1.block.body.blocks.map(\.type)) }
    }

    /// Whether `count` or `for_each` says how many there are.
    var isRepeated: Bool {
        func repeats(_ block: Block) -> Bool { block.body.attributes.contains { $0.name == "count" || $0.name == "for_each" } }
        return repeats(block) || overrides.contains { repeats($0.block) }
    }

    func label(_ index: Int) -> String? { block.labels.indices.contains(index) ? block.labels[index].text : nil }

    var place: Place { Place(file, block.range) }
    var span: FileSpan { FileSpan(file: file.path, bytes: block.range) }
}

extension Place {
    init(_ file: SourceFile, _ range: Range<Int>) {
        let start = file.position(at: range.lowerBound)
        let end = file.line(at: max(range.lowerBound, range.upperBound - 1))
        self.init(file: file.path, line: start.line, column: start.column, endLine: end)
    }
}

extension ObservationProblem {
    init(_ severity: Severity, id: String, _ message: String, at file: SourceFile, _ range: Range<Int>) {
        let start = file.position(at: range.lowerBound)
        self.init(severity, id: id, file: file.path, line: start.line, column: start.column, message)
    }
}
