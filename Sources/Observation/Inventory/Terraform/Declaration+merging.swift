import Diagnostics
import HCL

extension Declaration {
    /// Nested blocks as Terraform merges them: those of an override stand for all of their type, written out or dynamic. Of `lifecycle` the
    /// arguments are merged one by one, so that all of these blocks are there, in the order in which they apply.
    var mergedBlocks: [(block: Block, file: SourceFile)] {
        var merged = block.body.blocks.map { (block: $0, file: file) }
        for (override, file) in overrides {
            let replaced = Set(override.body.blocks.map(Self.made)).subtracting(["lifecycle"])
            merged.removeAll { replaced.contains(Self.made($0.block)) }
            merged += override.body.blocks.map { ($0, file) }
        }
        return merged
    }

    /// The type of the blocks that a block is, or makes.
    private static func made(_ block: Block) -> String {
        block.type == "dynamic" ? block.labels.first?.text ?? block.type : block.type
    }
}
