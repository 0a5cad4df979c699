import CostModel
import Glibc
import JSON

/// Whether all files of each delivery of a source are there: by the manifest that lies beside them, else by the numbers of their chunks.
///
/// AWS's Data Exports write `metadata/BILLING_PERIOD=2026-10/acme-Manifest.json` for what is in `data/BILLING_PERIOD=2026-10`, Azure
/// `manifest.json` into the folder of each run.
struct DeliverySets {
    /// Why a delivery is not whole, by its name.
    private(set) var gaps: [DeliveryName: String] = [:]
    /// Files of a folder with a manifest that does not name them, by the index of the file: an older run left them behind.
    private(set) var unnamed: [Int: String] = [:]

    init(_ indices: some Sequence<Int>, of files: [ObservedFile]) {
        let folders = Dictionary(grouping: indices) { Self.folder(of: files[$0].path) }
        for (folder, indices) in folders.sorted(by: { $0.key < $1.key }) {
            guard let manifest = DeliveryManifest(beside: folder) else {
                for (name, indices) in Dictionary(grouping: indices, by: { DeliveryName(files[$0].name) }) {
                    gaps[name] = Self.missingChunk(of: indices.map { files[$0].lastComponent })
                }
                continue
            }
            let there = Dictionary(indices.map { (String(files[$0].lastComponent), $0) }, uniquingKeysWith: { first, _ in first })
            for (name, index) in there where !manifest.names.contains(name) { unnamed[index] = manifest.file }
            let missing = manifest.names.filter { there[$0] == nil && Self.isTable($0) }.sorted()
            guard let first = missing.first, let any = indices.min() else { continue }
            let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
            let names = Set(indices.filter { unnamed[$0] == nil }.map { DeliveryName(files[$0].name) })
            for name in names.isEmpty ? [DeliveryName(files[any].name)] : names {
                gaps[name] = "\(manifest.file) names '\(first)'\(more), which the bill does not have"
            }
        }
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    private static func isTable(_ name: String) -> Bool { name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") }

    /// Chunks are numbered without gaps, from 0 or 1; `bill-1-of-3` says how many there are. Far higher numbers count something else.
    private static func missingChunk(of names: [Substring]) -> String? {
        let chunks = names.compactMap { DeliveryName.chunk(of: $0) }
        let numbers = Set(chunks.map(\.number))
        guard let least = numbers.min(), let last = chunks.map({ $0.total ?? $0.number }).max(), last < 10_000 else { return nil }
        let first = last <= 2 * max(numbers.count, chunks.compactMap(\.total).max() ?? 0) ? min(1, least) : least
        return (first...max(first, last)).first { !numbers.contains($0) }.map { "chunk \($0) is missing" }
    }
}

/// What a provider wrote beside the files of a delivery: which files it consists of.
struct DeliveryManifest {
    /// The manifest's own name.
    let file: String
    /// The last parts of the files' names.
    let names: Set<String>

    private static let largest = 16 << 20

    /// Nil where no manifest is there, or none that can be read.
    init?(beside folder: String) {
        for place in [folder, Self.metadata(of: folder)].compactMap(\.self) {
            for name in Self.entries(of: place) where name.lowercased().hasSuffix("manifest.json") {
                guard let names = Self.names(in: ObservedFile(name: "\(place)/\(name)", in: place)), !names.isEmpty else { continue }
                (self.file, self.names) = (name, names)
                return
            }
        }
        return nil
    }

    /// `…/metadata/BILLING_PERIOD=2026-10` of `…/data/BILLING_PERIOD=2026-10`.
    private static func metadata(of folder: String) -> String? {
        var parts = folder.split(separator: "/", omittingEmptySubsequences: false)
        guard let at = parts.lastIndex(of: "data"), at + 3 >= parts.count else { return nil }
        parts[at] = "metadata"
        return parts.joined(separator: "/")
    }

    private static func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder.isEmpty ? "/" : folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) } }
            )
        }
        return names.sorted()
    }

    /// `dataFiles` of Data Exports, `reportKeys` of the older reports, `blobs` of Azure; nil for any other JSON.
    private static func names(in file: ObservedFile) -> Set<String>? {
        guard let bytes = try? file.contents(limit: largest), let document = try? JSONReader.read(bytes) else { return nil }
        var keys: [JSONValue] = []
        for member in ["dataFiles", "reportKeys"] { if case .array(let elements)? = document[member] { keys += elements } }
        if case .array(let blobs)? = document["blobs"] { keys += blobs.compactMap { $0["blobName"] } }
        return Set(keys.compactMap { if case .string(let key) = $0 { key.split(separator: "/").last.map(String.init) } else { nil } })
    }
}
