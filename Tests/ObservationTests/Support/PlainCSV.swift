/// CSV read byte by byte, as slowly and plainly as can be: what the reader is held against.
enum PlainCSV {
    static func read(_ text: String) -> CSVDump {
        var dump = CSVDump()
        var bytes = Array(text.utf8)
        if let last = bytes.last, last != newline { bytes.append(newline) }
        var line = 1
        var at = 0
        while at < bytes.count {
            var record: [String] = []
            let start = at
            var next = at
            var fault: (kind: String, at: Int)?
            fields: while true {
                switch field(bytes, next) {
                case .success(let (value, end)):
                    record.append(value)
                    next = end + 1
                    if bytes[end] == newline { break fields }
                case .failure(let found):
                    fault = (found.kind, found.at)
                    break fields
                }
            }
            if let fault {
                let lineStart = (bytes[..<fault.at].lastIndex(of: newline) ?? -1) + 1
                let faultLine = line + bytes[start..<fault.at].count { $0 == newline }
                let column = bytes[lineStart..<fault.at].count { $0 & 0xC0 != 0x80 } + 1
                dump.faults.append("\(faultLine):\(column) \(fault.kind)")
                next = (bytes[fault.at...].firstIndex(of: newline) ?? bytes.count - 1) + 1
            } else {
                dump.records.append(record)
            }
            line += bytes[start..<next].count { $0 == newline }
            at = next
        }
        return dump
    }

    private struct Fault: Error {
        var kind: String
        var at: Int
    }

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")

    /// The field's value and the index of the separator behind it.
    private static func field(_ bytes: [UInt8], _ start: Int) -> Result<(String, Int), Fault> {
        var value: [UInt8] = []
        var at = start
        guard bytes[at] == quote else {
            while bytes[at] != UInt8(ascii: ","), bytes[at] != newline {
                if bytes[at] == quote { return .failure(Fault(kind: "strayQuote", at: at)) }
                value.append(bytes[at])
                at += 1
            }
            if bytes[at] == newline, value.last == UInt8(ascii: "\r") { value.removeLast() }
            return .success((String(decoding: value, as: UTF8.self), at))
        }
        at += 1
        while at < bytes.count {
            if bytes[at] != quote {
                value.append(bytes[at])
                at += 1
            } else if at + 1 < bytes.count, bytes[at + 1] == quote {
                value.append(quote)
                at += 2
            } else {
                at += 1
                if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\r"), bytes[at + 1] == newline { at += 1 }
                let isSeparator = at < bytes.count && (bytes[at] == newline || bytes[at] == UInt8(ascii: ","))
                return isSeparator
                    ? .success((String(decoding: value, as: UTF8.self), at)) : .failure(Fault(kind: "textBehindQuote", at: start))
            }
        }
        return .failure(Fault(kind: "unclosedQuote", at: start))
    }
}
