import CostModel
import Diagnostics
import Observation

/// Terraform files in memory, read.
struct TerraformFixture {
    let files: [String: SourceFile]
    let inventory: TerraformInventory

    init(_ texts: [String: String], options: TerraformReader.Options = .init()) {
        files = Dictionary(uniqueKeysWithValues: texts.map { ($0.key, SourceFile(path: $0.key, text: $0.value)) })
        inventory = TerraformReader(options: options).read(TerraformCode(files: Array(files.values)))
    }

    /// One root in one file.
    init(_ text: String) {
        self.init(["app/main.tf": text])
    }

    subscript(address: String) -> Resource? { inventory.resources.first { $0.identity.address == address } }

    /// Digests of what a resource says besides its tags and size.
    func argumentDigests(_ address: String) -> [String: SHA256.Digest]? {
        let code = TerraformCode(files: Array(files.values))
        let readers = inventory.roots.map { TerraformReader().readers(in: $0, of: code, countingTags: false) }
        return readers.joined().first { $0.key.address == address }?.value.digests
    }

    var addresses: [String] { inventory.resources.map(\.identity.address) }

    /// `severity id: message`, sorted.
    var problems: [String] { inventory.problems.map { "\($0.severity.rawValue) \($0.place) \($0.id): \($0.message)" } }

    /// The tags of a resource, `?` for unknown, and `…` when there may be more.
    func tags(_ address: String) -> [String: String] {
        guard let set = self[address]?.tags else { return ["no such": "resource"] }
        var result = set.tags.reduce(into: [:]) { result, tag in
            result[tag.key] = tag.value.value ?? "? \(tag.value.unknownReason ?? "without a reason")"
        }
        if let reason = set.openReason { result["…"] = reason }
        return result
    }

    /// Where new tags go, as text.
    func insertions(_ address: String) -> [String] {
        guard let set = self[address]?.tags else { return ["no such resource"] }
        return set.insertions.map { point in
            switch point {
            case .collection(let span), .value(let span): "\(span.file): \(text(span) ?? "")"
            case .behind(let block): "behind \(block.file): \(text(block)?.split(separator: "{").first ?? "")"
            case .missingKey(let name, let block): "\(block.file): \(name) in \(text(block)?.split(separator: "{").first ?? "")"
            }
        }
    }

    func text(_ span: FileSpan?) -> String? { span.flatMap { files[$0.file]?.text($0.bytes) } }
}
