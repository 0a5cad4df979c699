import Foundation

/// Scores every series of a folder of the Numenta Anomaly Benchmark, in its own format.
///
/// Each `X/name.csv` with the columns `timestamp` and `value` becomes `X/bursar_name.csv` with `timestamp,value,anomaly_score,label`. The label
/// is 1 in the windows of the benchmark's `combined_windows.json`, where that is given or lies beside the folder; scores do not look at it.
struct NabScores {
    private static let detector = "bursar"
    /// The benchmark lets detectors learn from so much of a series, and does not count what they say of it.
    private static let probation = (share: 0.15, most: 5_000.0)

    let folder: String
    let out: String
    let labels: String?

    /// - Returns: how many series were scored.
    @discardableResult
    func write() throws -> Int {
        let files = FileManager.default
        let found = files.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let names = found.filter { $0.hasSuffix(".csv") }.sorted()
        guard !names.isEmpty else { throw Broken("there is no series in '\(folder)'") }
        let windows = try self.windows()
        for name in names {
            let rows = try Self.rows(of: "\(folder)/\(name)")
            let parts = name.split(separator: "/")
            let target = ([out] + parts.dropLast().map(String.init) + ["\(Self.detector)_\(parts.last ?? "")"]).joined(separator: "/")
            try files.createDirectory(
                atPath: String(target[..<(target.lastIndex(of: "/") ?? target.endIndex)]), withIntermediateDirectories: true)
            try Self.text(rows, windows[name] ?? []).write(toFile: target, atomically: true, encoding: .utf8)
        }
        print("nab: \(names.count) series scored into \(out)")
        return names.count
    }

    private struct Row {
        var time: String
        var text: String
        var value: Double
    }

    private static func rows(of path: String) throws -> [Row] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
        let header = lines.first?.split(separator: ",").map(String.init) ?? []
        guard let time = header.firstIndex(of: "timestamp"), let value = header.firstIndex(of: "value") else {
            throw Broken("'\(path)' has no columns 'timestamp' and 'value'")
        }
        return try lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard cells.count > max(time, value), let number = Double(cells[value]), number.isFinite else {
                throw Broken("'\(path)' has a row without a value: \(line)")
            }
            return Row(time: cells[time], text: cells[value], value: number)
        }
    }

    /// By file: the first and the last time of each window.
    private func windows() throws -> [String: [[String]]] {
        let beside = URL(filePath: folder).deletingLastPathComponent().appending(path: "labels/combined_windows.json").path
        guard let path = labels ?? (FileManager.default.fileExists(atPath: beside) ? beside : nil) else { return [:] }
        let document = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        guard let windows = document as? [String: [[String]]] else { throw Broken("'\(path)' holds no windows") }
        // Windows have fractions of seconds, rows have none: as texts, whole seconds compare.
        return windows.mapValues { $0.map { $0.map { String($0.prefix(19)) } } }
    }

    private static func text(_ rows: [Row], _ windows: [[String]]) -> String {
        let values = rows.map(\.value)
        guard let least = values.min(), let most = values.max() else { return "timestamp,value,anomaly_score,label\n" }
        let period = probation.share * min(Double(rows.count), probation.most)
        var detector = ContextualDetector(range: least...most, rest: Int(period.rounded(.down) / 5))
        return "timestamp,value,anomaly_score,label\n"
            + rows.map { row in
                let isLabelled = windows.contains { $0.count == 2 && $0[0] <= row.time && row.time <= $0[1] }
                return "\(row.time),\(row.text),\(detector.score(row.value)),\(isLabelled ? 1 : 0)\n"
            }.joined()
    }
}
