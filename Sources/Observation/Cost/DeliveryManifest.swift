import CostModel
import Glibc
import JSON

/// What a provider wrote beside the files of a delivery: which files it consists of, and which run of which export wrote them.
///
/// AWS's reports write `acme-Manifest.json` into the folder of a billing period, and into that of each assembly where reports are kept; Data
/// Exports write `metadata/BILLING_PERIOD=2026-10/acme-Manifest.json` for what is in `data/BILLING_PERIOD=2026-10`; Azure writes
/// `manifest.json` into the folder of each run.
struct DeliveryManifest {
    /// Its own name.
    let file: String
    /// The files that it names, as paths in their store.
    let keys: [[Substring]]
    /// Of each file, by its name, how many rows it has.
    let rows: [String: Int]
    /// Where the totals that it states are not those of the files that it names: it was cut, or is of another run.
    let contradiction: String?
    /// What the export contains: `ActualCost`, `AmortizedCost`, `FocusCost`; nil: the manifest does not say.
    let dataset: String?
    /// What sets an export and its period apart from all others in the same folder.
    let export: String
    /// Of two runs of an export for a period the one that was submitted later counts.
    let submitted: String?

    private static let largest = 16 << 20

    /// The last parts of the files' names.
    var names: Set<String> { Set(keys.compactMap { $0.last.map(String.init) }) }

    /// The folder that all files of a kept report lie in, below that of the manifest; nil: they lie beside it, or anywhere.
    func assembly(below folder: String) -> Substring? {
        guard let parent = keys.first?.dropLast().last, !folder.hasSuffix("/\(parent)"), folder != parent else { return nil }
        return keys.allSatisfy { $0.dropLast().last == parent } ? parent : nil
    }

    /// Nil where no manifest is there, or none that can be read.
    init?(in folder: String) {
        for name in Self.entries(of: folder) where BillPaths.isManifest(name) {
            // By its name alone: the folder may be relative.
            let file = ObservedFile(name: name, in: folder.isEmpty ? "/" : folder)
            guard let manifest = DeliveryManifest(file, name) else { continue }
            self = manifest
            return
        }
        return nil
    }

    /// That of the folder itself, or of Data Exports' `…/metadata/BILLING_PERIOD=2026-10` for `…/data/BILLING_PERIOD=2026-10`.
    init?(beside folder: String) {
        for place in [folder, Self.metadata(of: folder)].compactMap(\.self) {
            guard let manifest = DeliveryManifest(in: place) else { continue }
            self = manifest
            return
        }
        return nil
    }

    /// `dataFiles` of Data Exports, `reportKeys` of the older reports, `blobs` of Azure; nil for any other JSON.
    private init?(_ file: ObservedFile, _ name: String) {
        guard let bytes = try? file.contents(limit: Self.largest), let document = try? JSONReader.read(bytes) else { return nil }
        var keys: [String] = []
        var rows: [String: Int] = [:]
        for member in ["dataFiles", "reportKeys"] {
            if case .array(let elements)? = document[member] { keys += elements.compactMap(\.text) }
        }
        if case .array(let blobs)? = document["blobs"] {
            for blob in blobs {
                guard let key = blob["blobName"]?.text else { continue }
                keys.append(key)
                if let last = key.split(separator: "/").last, let count = blob["dataRowCount"]?.whole { rows[String(last)] = count }
            }
        }
        guard !keys.isEmpty else { return nil }
        self.file = name
        self.keys = keys.map { $0.split(separator: "/") }
        self.rows = rows
        contradiction = Self.contradiction(of: document, files: keys.count, rows: rows)
        let configuration = document["exportConfig"]
        dataset = configuration?["type"]?.text
        let run = document["runInfo"]
        submitted = run?["submittedTime"]?.text
        export = [configuration?["exportName"]?.text, dataset, run?["startDate"]?.text].map { $0 ?? "" }.joined(separator: "\n")
    }

    /// Azure's `blobCount` and `dataRowCount`, which are of all `blobs` together.
    private static func contradiction(of document: JSONValue, files: Int, rows: [String: Int]) -> String? {
        if let stated = document["blobCount"]?.whole, stated != files { return "counts \(stated) files and names \(files)" }
        let sum = rows.values.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        guard let stated = document["dataRowCount"]?.whole, rows.count == files, stated != sum else { return nil }
        return "counts \(stated) rows, and \(sum) in the files that it names"
    }

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
}

extension JSONValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var whole: Int? { if case .number(let text) = self { Int(text) } else { nil } }
}
