import CostModel
import Diagnostics
import Observation

/// Which bills, states and measurements lie in a folder, whether Git knows them or not.
struct ObservedSurvey: Sendable {
    /// Paths or patterns of bills in one currency; empty: there is none.
    var bills: [String] = []
    var billFormat = BillFormatName.focus
    var billCount = 0
    var currency: Currency?
    /// The last charge day among them.
    var newestDay: Day?
    /// Whether the newest charge is older than the policy language's default allows.
    var isOld = false
    /// Paths of states, `{root}` in the place of their root's folder.
    var states: [String] = []
    var stateCount = 0
    var utilization: [String] = []
    /// Files that are left out, with the reason.
    var leftOut: [(file: String, reason: String)] = []

    var isEmpty: Bool { bills.isEmpty && states.isEmpty && utilization.isEmpty }

    private static let fileLimit = 500
    /// Google's export is JSON, a row on each line.
    private static let endings = [".csv", ".json", ".jsonl"]
    private static let packings = [".gz", ".zst", ""]
    private static let sizeLimit = 64 << 20
    /// What is read of a table to know its columns.
    private static let utilizationColumns: Set<String> = ["timestamp", "resource_id", "metric", "value"]

    init() {}

    /// - Parameter paths: of regular files, sorted.
    init(_ paths: [String], roots: [String], directory: String, now: Instant) {
        let paths = paths.filter { !$0.split(separator: "/").contains { [".terraform", "node_modules", ".git"].contains($0) } }
        let tables = paths.filter { path in
            Self.ending(of: path) != nil && !path.lowercased().hasSuffix("manifest.json")
        }
        if tables.count > Self.fileLimit { leftOut.append(("\(tables.count - Self.fileLimit) CSV files", "too many to look at")) }
        readTables(Array(tables.prefix(Self.fileLimit)), directory, now)
        readStates(paths.filter { $0.hasSuffix(".tfstate") }, roots, directory)
        leftOut.sort { $0.file < $1.file }
    }

    // MARK: Bills

    private struct Bill {
        var path: String
        var format: BillFormatName
        var currency: Currency?
        var newest: Day?
    }

    private mutating func readTables(_ tables: [String], _ directory: String, _ now: Instant) {
        var found: [Bill] = []
        for path in tables {
            guard !SurveyReader.isAside(path) else { continue }
            guard let size = Files.size(directory + "/" + path), size <= Self.sizeLimit else {
                leftOut.append((path, "larger than \(Self.sizeLimit >> 20) MB, so it was not looked into"))
                continue
            }
            let format = BillReader.format(of: path, directory: directory, now: now)
            if format == nil, let ending = Self.ending(of: path), !ending.hasPrefix(".csv") { continue }
            if format == .openCost {
                leftOut.append((path, "an allocation of costs that the bill has already"))
                continue
            }
            // Azure's datasets state one cost each.
            let reader = BillReader(files: [path], directory: directory, now: now)
            let effective = reader.breakdown(by: [.day], currency: nil).breakdown
            let breakdown =
                effective.rowCount > 0 ? effective : reader.breakdown(by: [.day], cost: .billed, currency: nil).breakdown
            if breakdown.rowCount > 0, let format {
                if breakdown.totals.count > 1 {
                    leftOut.append((path, "a bill in several currencies"))
                } else {
                    found.append(
                        Bill(
                            path: path, format: format, currency: breakdown.totals.first?.currency, newest: breakdown.days?.upperBound))
                }
            } else if isUtilization(directory + "/" + path) {
                if YAMLText.isPattern(path) { utilization.append(path) }
            }
        }
        let currencies = RepositorySurvey.counted(found.compactMap { $0.currency?.code })
        currency = currencies.first.flatMap { Currency($0.name) }
        let chosen = found.filter { $0.currency == nil || $0.currency == currency }
        let formats = Set(chosen.map(\.format))
        billFormat = formats.count > 1 ? .auto : formats.first ?? billFormat
        for bill in found where bill.currency != nil && bill.currency != currency {
            leftOut.append((bill.path, "a bill in \(bill.currency?.code ?? "another currency")"))
        }
        bills = Self.patterns(chosen.map(\.path), among: tables)
        billCount = chosen.count
        newestDay = chosen.compactMap(\.newest).max()
        isOld = newestDay.map { $0.advanced(by: 3) < now.day } ?? true
    }

    private func isUtilization(_ path: String) -> Bool {
        // A table that cannot be read is none that is proposed.
        guard path.hasSuffix(".csv"), let bytes = try? Files.read(path, limit: Self.sizeLimit) else { return false }
        let header = String(decoding: bytes.prefix(4_096).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        return Set(header.split(separator: ",").map(String.init)) == Self.utilizationColumns
    }

    /// One pattern for a folder of which every such file is meant, else the files themselves.
    private static func patterns(_ chosen: [String], among all: [String]) -> [String] {
        let groups = Dictionary(grouping: chosen, by: group)
        return groups.flatMap { group, files -> [String] in
            let pattern = group.folder + "*" + group.ending
            guard YAMLText.isPattern(group.folder) else { return [] }
            // Next month's file comes to the same folder; at the top anything may.
            if files.count > 1 || !group.folder.isEmpty, all.count(where: { Self.group($0) == group }) == files.count { return [pattern] }
            return files.filter(YAMLText.isPattern)
        }.sorted()
    }

    private struct Group: Hashable {
        /// With its slash.
        var folder: String
        var ending: String
    }

    private static func group(_ path: String) -> Group {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        return Group(folder: folder, ending: ending(of: path) ?? "")
    }

    /// Of a file that may be a bill: what it holds, and how it is packed.
    private static func ending(of path: String) -> String? {
        endings.lazy.flatMap { ending in packings.map { ending + $0 } }.first { path.hasSuffix($0) }
    }

    // MARK: States

    private mutating func readStates(_ files: [String], _ roots: [String], _ directory: String) {
        var patterns: Set<String> = []
        var taken: Set<String> = []
        // The plain name first: others in the same folder are often copies.
        let sorted = files.sorted { a, b in
            let (left, right) = (a.hasSuffix("/terraform.tfstate"), b.hasSuffix("/terraform.tfstate"))
            return left == right ? a < b : left
        }
        for file in sorted.prefix(Self.fileLimit) {
            guard !file.contains("terraform.tfstate.d/") else {
                leftOut.append((file, "of a workspace that is not the default one"))
                continue
            }
            guard let (root, pattern) = Self.root(of: file, among: roots), YAMLText.isPattern(file) else {
                leftOut.append((file, "its path does not say which root module it is of"))
                continue
            }
            guard taken.insert(root).inserted else {
                leftOut.append((file, "its root module has another state"))
                continue
            }
            do throws(TerraformStateError) {
                // One that cannot be opened is as good as none.
                guard let bytes = try? Files.read(directory + "/" + file, limit: Self.sizeLimit) else { continue }
                _ = try TerraformState.read(bytes, file: file)
            } catch {
                leftOut.append((file, error.problem.message))
                continue
            }
            patterns.insert(pattern)
            stateCount += 1
        }
        states = patterns.sorted()
    }

    /// The root whose folder is the longest part of the path, and the path with `{root}` in its place. A root at the top has no folder:
    /// there the path says whose the state is only where it is the only root.
    private static func root(of file: String, among roots: [String]) -> (root: String, pattern: String)? {
        let slashed = "/" + file
        let fitting = roots.filter { !$0.isEmpty && slashed.contains("/\($0)/") }
        if let root = fitting.max(by: { ($0.utf8.count, $1) < ($1.utf8.count, $0) }), let range = slashed.firstRange(of: "/\(root)/") {
            return (root, String((slashed[..<range.lowerBound] + "/{root}/" + slashed[range.upperBound...]).dropFirst()))
        }
        return roots == [""] ? ("", file) : nil
    }
}
