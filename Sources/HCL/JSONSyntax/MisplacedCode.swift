import Diagnostics

/// What of a file of code Terraform refuses and a reader would pass over: blocks of no known type, with too few or too many labels, or in
/// a place where none of their type may stand; arguments outside of blocks; both `count` and `for_each`.
package struct MisplacedCode: Equatable, Sendable {
    package var message: String
    package var range: Range<Int>

    /// - Parameter file: of code, not of variables.
    package static func all(in file: HCLFile) -> [MisplacedCode] {
        var found = file.body.attributes.map { attribute in
            MisplacedCode(message: "'\(attribute.name)' stands outside of any block: nothing reads it", range: attribute.nameRange)
        }
        for block in file.body.blocks {
            guard case .block(let labels, let schema)? = BodySchema.code.properties[block.type] else {
                let hint = DidYouMean.hint(for: block.type, in: BodySchema.code.properties.keys)
                let message = "Terraform has no blocks '\(block.type)', and nothing reads them\(hint)"
                found.append(MisplacedCode(message: message, range: block.typeRange))
                continue
            }
            if block.labels.count != labels {
                let wanted = labels == 0 ? "no label" : labels == 1 ? "one label" : "\(labels) labels"
                let message = "a block '\(block.type)' has \(wanted), and this one has \(block.labels.count): nothing reads it"
                found.append(MisplacedCode(message: message, range: block.typeRange))
            }
            found += inside(block, schema)
        }
        return found
    }

    private static func inside(_ block: Block, _ schema: BodySchema) -> [MisplacedCode] {
        var found: [MisplacedCode] = []
        let names = Set(block.body.attributes.map(\.name))
        if ["resource", "module", "data", "ephemeral"].contains(block.type), names.isSuperset(of: ["count", "for_each"]) {
            let message = "a block has 'count' or 'for_each', and this one has both: Terraform refuses it"
            found.append(MisplacedCode(message: message, range: block.typeRange))
        }
        if block.type == "provider", names.contains("count") {
            found.append(MisplacedCode(message: "a provider has no 'count': Terraform refuses it", range: block.typeRange))
        }
        // What only a provider knows may have any blocks.
        guard case .arguments = schema.others else { return found }
        for inner in block.body.blocks where schema.properties[inner.type] == nil {
            guard block.type == "locals" || block.type == "module" || BodySchema.code.properties[inner.type] != nil else { continue }
            let message = "a block '\(inner.type)' has no place in a block '\(block.type)': nothing reads it"
            found.append(MisplacedCode(message: message, range: inner.typeRange))
        }
        return found
    }
}
