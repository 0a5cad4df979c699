import CostModel

/// Adds up bytes by what lines say, as they say it: what a combination of fields means is found once, however often it stands there.
struct TrafficSums: ~Copyable {
    /// In bytes and keys; beyond them it is emptied.
    private static let limit = (bytes: 32 << 20, keys: 400_000)

    private var keys = ByteInterner()
    private var sums: [UInt64] = []

    /// Whether it is to be emptied before more is added.
    var isFull: Bool { keys.size > Self.limit.bytes || keys.count > Self.limit.keys }

    @inline(__always)
    mutating func add(_ bytes: UInt64, key: UnsafeBufferPointer<UInt8>) {
        let (number, isNew) = keys.intern(key)
        if isNew { sums.append(0) }
        // Nobody sends 16 exabytes; what a log says that does must not end the program.
        sums[number] = sums[number].addingReportingOverflow(bytes).overflow ? .max : sums[number] + bytes
    }

    mutating func empty(into receive: (UnsafeBufferPointer<UInt8>, UInt64) -> Void) {
        for number in 0..<keys.count { receive(keys[number], sums[number]) }
        keys.removeAll()
        sums.removeAll(keepingCapacity: true)
    }
}

/// What is wrong with a line of a log.
enum LogFault {
    /// The line is left out.
    case row(String)
    /// Nothing of the file can be read.
    case file(id: String, String)
}

/// How a log of traffic is written.
protocol TrafficLogFormat {
    /// - Parameter days: records of others are left out.
    init(days: Range<Day>)

    /// Takes a line.
    ///
    /// - Returns: Nil: it was understood, or says nothing of traffic.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>, into sums: inout TrafficSums) -> LogFault?
    /// Hands on what a key means that it made.
    func report(_ key: UnsafeBufferPointer<UInt8>, _ bytes: UInt64, to collector: inout TrafficCollector)
    /// What is missing of the file as a whole, once it has been read.
    func finish(_ problems: RowProblems)
}
