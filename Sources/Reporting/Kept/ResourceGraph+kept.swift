import CostModel
package import JSON

extension ResourceGraph: KeptDocument {
    package static var key: String { "kept-references" }
    package static var version: Int { 1 }

    /// The blocks that name or are named: nobody shows the others.
    package var json: JSONValue {
        let connected = Set(references.flatMap { [$0.from, $0.to] }).sorted()
        let places = Dictionary(connected.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        return [
            "blocks": .array(
                connected.map { index in
                    let block = blocks[index]
                    return [
                        "root": .string(block.identity.root), "address": .string(block.identity.address), "file": .string(block.place.file),
                        "line": JSONValue(block.place.line), "count": JSONValue(block.count), "billed": JSONValue(block.billed),
                        "monthly": JSONValue(block.monthly),
                    ]
                }),
            "references": .array(
                references.compactMap { reference in
                    places[reference.from].flatMap { from in places[reference.to].map { ["from": JSONValue(from), "to": JSONValue($0)] } }
                }),
        ]
    }

    package init(json: JSONValue) throws {
        let fields = KeptFields(json)
        let blocks = try fields.list("blocks") { (fields) throws(DamagedDocument) in
            Block(
                identity: ResourceIdentity(root: try fields.text("root"), address: try fields.text("address")),
                place: Place(file: try fields.text("file"), line: try fields.integer("line")), count: try fields.integer("count"),
                billed: try fields.integer("billed"), monthly: try fields.moneyOrNull("monthly"))
        }
        let references = try fields.list("references") { (fields) throws(DamagedDocument) in
            let reference = Reference(from: try fields.integer("from"), to: try fields.integer("to"))
            guard blocks.indices.contains(reference.from), blocks.indices.contains(reference.to) else { throw DamagedDocument() }
            return reference
        }
        self.init(blocks: blocks, references: references)
    }
}
