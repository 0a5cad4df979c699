@testable import Observation

/// Hands out bytes in pieces of a size, as a slow pipe would.
final class PieceSource: ByteSource {
    private let bytes: [UInt8]
    private let size: Int
    private var at = 0

    init(_ bytes: [UInt8], size: Int = .max) {
        self.bytes = bytes
        self.size = size
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFault) -> Int {
        let count = min(size, buffer.count, bytes.count - at)
        buffer.copyBytes(from: bytes[at..<at + count])
        at += count
        return count
    }
}

/// Everything a CSV text holds: its records, and its faults as `line:column kind`.
struct CSVDump: Equatable {
    var records: [[String]] = []
    var faults: [String] = []

    init() {}

    init(_ text: String, size: Int = .max, recordLimit: Int = 16 << 20) throws {
        let reader = CSVReader(PieceSource(Array(text.utf8), size: size), recordLimit: recordLimit)
        while let batch = try reader.next() {
            for index in 0..<batch.count {
                let record = batch[index]
                records.append((0..<record.count).map { record[$0].text })
            }
            if let fault = batch.fault { faults.append("\(fault.line):\(fault.column) \(fault.kind)") }
        }
    }
}
