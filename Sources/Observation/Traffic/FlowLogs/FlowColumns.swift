import CostModel

/// Where in a line of a VPC flow log is what is read, by the log's first line.
struct FlowColumns: Sendable {
    /// What is read of a record besides its numbers, as AWS names it.
    enum Text: String, CaseIterable, Sendable {
        case account = "account-id"
        case interface = "interface-id"
        case source = "srcaddr"
        case target = "dstaddr"
        case packetSource = "pkt-srcaddr"
        case packetTarget = "pkt-dstaddr"
        case sourceService = "pkt-src-aws-service"
        case targetService = "pkt-dst-aws-service"
        case direction = "flow-direction"
        case path = "traffic-path"
        case gateway = "tgw-id"
    }

    static let version2 = [
        "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes", "start", "end",
        "action", "log-status",
    ]
    static let mostFields = 128
    /// Without these it is not told what leaves through a NAT gateway, and which way the rest goes.
    private static let wanted = ["pkt-srcaddr", "pkt-dstaddr", "pkt-dst-aws-service", "flow-direction", "traffic-path"]

    let fields: [String]
    let bytes: Int
    let time: Int
    /// Negative where the log has none, as `action`.
    let status: Int
    let action: Int
    /// Addresses that are kept as numbers.
    let source: Int
    let target: Int
    /// Of the packet, where these are other columns; else negative.
    let packetSource: Int
    let packetTarget: Int
    /// Other texts that are read, those of the packet's addresses last, and the places of the others, those that stand side by side together.
    let texts: [Text]
    let runs: [ClosedRange<Int>]

    /// - Throws: what is missing.
    init(_ words: [String]) throws(FileFault) {
        let twice = words.first { word in words.count { $0 == word } > 1 }
        if let twice { throw FileFault(id: "bad-log", description: "its first line names the field '\(twice)' twice") }
        func place(_ names: String...) -> Int { names.lazy.compactMap { words.firstIndex(of: $0) }.first ?? -1 }
        fields = words
        (bytes, time) = (place("bytes"), place("start", "end"))
        (status, action) = (place("log-status"), place("action"))
        (source, target) = (place("srcaddr", "pkt-srcaddr"), place("dstaddr", "pkt-dstaddr"))
        (packetSource, packetTarget) = (
            words.contains("srcaddr") ? place("pkt-srcaddr") : -1, words.contains("dstaddr") ? place("pkt-dstaddr") : -1
        )
        let required = [("bytes", bytes), ("start", time), ("srcaddr", source), ("dstaddr", target)]
        let missing = required.filter { $0.1 < 0 }.map(\.0)
        guard missing.isEmpty, words.count <= Self.mostFields else {
            throw FileFault(
                id: "log-fields", description: "the log lacks \(missing.joined(separator: ", ")): add it to the flow log's 'log_format'")
        }
        var texts: [Text] = []
        var runs: [ClosedRange<Int>] = []
        for (index, word) in words.enumerated() where ![source, target, packetSource, packetTarget].contains(index) {
            guard let text = Text(rawValue: word) else { continue }
            texts.append(text)
            if let last = runs.last, last.upperBound == index - 1 {
                runs[runs.count - 1] = last.lowerBound...index
            } else {
                runs.append(index...index)
            }
        }
        if packetSource >= 0 { texts.append(.packetSource) }
        if packetTarget >= 0 { texts.append(.packetTarget) }
        (self.texts, self.runs) = (texts, runs)
    }

    /// Of a file's first line: the columns, and whether the line is a record itself, of the version that has no such line.
    static func begin(_ line: UnsafeBufferPointer<UInt8>) throws(FileFault) -> (columns: FlowColumns, isRecord: Bool) {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
        if words.contains("bytes") || words.contains("srcaddr") { return (try FlowColumns(words), false) }
        guard words.count == version2.count, words[0] == "2", words[1].utf8.count == 12 || words[1] == "unknown" else {
            throw FileFault(
                id: "bad-log",
                description:
                    "is no VPC flow log: its first line names no fields such as 'srcaddr dstaddr bytes start', and is no record of version 2"
            )
        }
        return (try FlowColumns(version2), true)
    }

    /// Whether a line is the first one again, as in files that were put together.
    func isHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        String(decoding: line, as: UTF8.self).split(separator: " ").elementsEqual(fields) { $0 == $1 }
    }

    var missing: [String] { Self.wanted.filter { !fields.contains($0) } }
}
