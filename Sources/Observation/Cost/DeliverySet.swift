import CostModel

/// What is known of a file from the manifest of its delivery.
struct DeliveredFile {
    /// What the export contains, such as `ActualCost`.
    var dataset: String?
    /// How many rows the file should have.
    var rows: Int?
}

/// Whether all files of each delivery of a source are there, and which files no longer count: by the manifests that lie beside them, else by
/// the numbers of their chunks.
struct DeliverySets {
    /// Why a delivery is not whole, by its name.
    private(set) var gaps: [DeliveryName: String] = [:]
    /// Files that a manifest replaces or does not name, by the index of the file: why.
    private(set) var unnamed: [Int: String] = [:]
    private var delivered: [Int: DeliveredFile] = [:]

    init(_ indices: some Sequence<Int>, of files: [ObservedFile]) {
        let folders = Dictionary(grouping: indices) { Self.folder(of: files[$0].path) }
        var runs: [String: [(submitted: String, folder: String)]] = [:]
        for (folder, indices) in folders.sorted(by: { $0.key < $1.key }) {
            if let (manifest, assembly) = Self.assembly(above: folder), !folder.hasSuffix("/\(assembly)") {
                for index in indices { unnamed[index] = "\(manifest.file) above it names the files of \(assembly): it is of an older run" }
                continue
            }
            let above = Self.assembly(above: folder)?.manifest
            guard let manifest = above ?? DeliveryManifest(beside: folder) else {
                for (name, indices) in Dictionary(grouping: indices, by: { DeliveryName(files[$0].name) }) {
                    gaps[name] = Self.missingChunk(of: indices.map { files[$0].lastComponent })
                }
                continue
            }
            if let submitted = manifest.submitted ?? Self.run(folder) {
                runs["\(Self.folder(of: folder))\n\(manifest.export)", default: []].append((submitted, folder))
            }
            add(manifest, indices, files)
        }
        for runs in runs.values where runs.count > 1 {
            guard let newest = runs.max(by: { ($0.submitted, $0.folder) < ($1.submitted, $1.folder) }) else { continue }
            for run in runs where run.folder != newest.folder {
                for index in folders[run.folder] ?? [] {
                    unnamed[index] = "the run of \(newest.submitted) replaces the one of \(run.submitted) that wrote it"
                    gaps[DeliveryName(files[index].name)] = nil
                }
            }
        }
    }

    /// What is known of a file that is looked at alone.
    static func delivered(_ name: String, _ directory: String) -> DeliveredFile {
        DeliverySets([0], of: [ObservedFile(name: name, in: directory)]).delivered(0)
    }

    func delivered(_ index: Int) -> DeliveredFile { delivered[index] ?? DeliveredFile() }

    private mutating func add(_ manifest: DeliveryManifest, _ indices: [Int], _ files: [ObservedFile]) {
        let there = Dictionary(indices.map { (String(files[$0].lastComponent), $0) }, uniquingKeysWith: { first, _ in first })
        let names = manifest.names
        for (name, index) in there {
            if names.contains(name) {
                delivered[index] = DeliveredFile(dataset: manifest.dataset, rows: manifest.rows[name])
            } else {
                unnamed[index] = "\(manifest.file) does not name it: an older run left it behind"
            }
        }
        let missing = names.filter { there[$0] == nil && Self.isTable($0) }.sorted()
        let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
        let absent = missing.first.map { "names '\($0)'\(more), which the bill does not have" }
        guard let gap = absent ?? manifest.contradiction, let any = indices.min() else { return }
        let deliveries = Set(indices.filter { unnamed[$0] == nil }.map { DeliveryName(files[$0].name) })
        for name in deliveries.isEmpty ? [DeliveryName(files[any].name)] : deliveries { gaps[name] = "\(manifest.file) \(gap)" }
    }

    /// Where reports are kept, the manifest of a billing period says which assembly below it is current.
    private static func assembly(above folder: String) -> (manifest: DeliveryManifest, name: Substring)? {
        let parent = Self.folder(of: folder)
        guard !parent.isEmpty, let manifest = DeliveryManifest(in: parent) else { return nil }
        return manifest.assembly(below: parent).map { (manifest, $0) }
    }

    /// Data Exports that are kept write each run into a folder below that of the billing period, whose name begins with the time.
    private static func run(_ folder: String) -> String? {
        let parts = folder.split(separator: "/")
        guard parts.count > 1, parts[parts.count - 2].hasPrefix("BILLING_PERIOD="), let last = parts.last else { return nil }
        return String(last)
    }

    private static func folder(of path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    }

    private static func isTable(_ name: String) -> Bool { Packing.plainName(name).hasSuffix(".csv") }

    /// Chunks are numbered without gaps, from 0 or 1; `bill-1-of-3` says how many there are. Far higher numbers count something else.
    private static func missingChunk(of names: [Substring]) -> String? {
        let chunks = names.compactMap { DeliveryName.chunk(of: $0) }
        let numbers = Set(chunks.map(\.number))
        guard let least = numbers.min(), let last = chunks.map({ $0.total ?? $0.number }).max(), last < 10_000 else { return nil }
        if let name = names.first, DeliveryName.countsFromZero(name) {
            return (0...last).first { !numbers.contains($0) }.map { "file \($0) of the export is missing" }
        }
        let first = last <= 2 * max(numbers.count, chunks.compactMap(\.total).max() ?? 0) ? min(1, least) : least
        return (first...max(first, last)).first { !numbers.contains($0) }.map { "chunk \($0) is missing" }
    }
}
