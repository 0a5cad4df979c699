import CostModel
import Glibc

/// Which files the paths of a bill mean: files, patterns, and folders with everything in them that may be a bill.
enum BillPaths {
    private static let endings = [".csv", ".json", ".jsonl", ".ndjson"]
    private static let columnar = ".parquet"

    /// What the patterns of a source name. One that names nothing is a problem.
    ///
    /// - Parameter readsParquet: whether somebody reads Parquet files of folders; else they are a problem.
    static func files(
        _ patterns: [String], in directory: ObservedFolder, statedAt place: Place, readsParquet: Bool = false,
        problems: inout [ObservationProblem]
    ) -> [ObservedFile] {
        let named = ObservedFile.matching(patterns, in: directory, statedAt: place, problems: &problems)
        return expanded(named, directory, readsParquet, &problems)
    }

    /// What somebody names one by one.
    static func files(
        _ names: [String], in directory: String, readsParquet: Bool = false, problems: inout [ObservationProblem]
    ) -> [ObservedFile] {
        expanded(names.map { ObservedFile(name: $0, in: directory) }, ObservedFolder(directory), readsParquet, &problems)
    }

    private static func expanded(
        _ named: [ObservedFile], _ directory: ObservedFolder, _ readsParquet: Bool, _ problems: inout [ObservationProblem]
    ) -> [ObservedFile] {
        var files: [ObservedFile] = []
        var seen: Set<String> = []
        for file in named {
            guard isFolder(file.path) else {
                files.append(file)
                continue
            }
            files += contents(of: file, directory, readsParquet, &problems)
        }
        files = files.filter { seen.insert($0.name).inserted }
        // Manifests are read for what they say of the files beside them; one alone is told what it is.
        let bills = files.filter { !isManifest($0.name) }
        return bills.isEmpty ? files : bills
    }

    private static func contents(
        of folder: ObservedFile, _ directory: ObservedFolder, _ readsParquet: Bool, _ problems: inout [ObservationProblem]
    ) -> [ObservedFile] {
        let name = folder.name.hasSuffix("/") ? String(folder.name.dropLast()) : folder.name
        let all = FileGlob(name + "/**").paths(in: directory) ?? []
        let files = all.filter { path in endings.contains { isCalled(path, $0) } }
        let bills = files.filter { !isManifest($0) }
        let parquet = all.filter { $0.hasSuffix(columnar) }
        let unread = parquet.filter { path in !bills.contains { isSamePeriod($0, path) } }
        if readsParquet, !unread.isEmpty { return (bills + unread).map { ObservedFile(name: $0, in: directory) } }
        if let first = unread.first {
            let more = unread.count > 1 ? " and \(unread.count - 1) more" : ""
            problems.append(ObservationProblem(.partial, id: "no-bill", file: first, "\(ForeignFile.parquet)\(more)"))
        }
        if unread.isEmpty, let first = parquet.first {
            problems.append(
                ObservationProblem(
                    .note, id: "delivery", file: first, "its billing period is there in CSV, too: the Parquet files are not read"))
        }
        if bills.isEmpty, unread.isEmpty {
            problems.append(
                ObservationProblem(
                    .partial, id: "no-file", file: folder.name, "the folder holds no file that may be a bill (CSV or JSON lines)"))
        }
        return bills.map { ObservedFile(name: $0, in: directory) }
    }

    /// Whether both lie in a folder of the same partition, such as `BILLING_PERIOD=2026-10`.
    private static func isSamePeriod(_ a: String, _ b: String) -> Bool {
        func partition(_ path: String) -> Substring? { path.split(separator: "/").last { $0.contains("=") } }
        return partition(b) != nil && partition(a) == partition(b)
    }

    private static func isCalled(_ path: String, _ ending: String) -> Bool {
        Packing.plainName(path).lowercased().hasSuffix(ending)
    }

    static func isManifest(_ path: String) -> Bool { path.lowercased().hasSuffix("manifest.json") }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
