/// An instant: seconds since 1970 and nanoseconds into the second.
package struct CELTimestamp: Hashable, Sendable, Comparable {
    package let seconds: Int64
    /// 0 ..< 1,000,000,000.
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Years 1 to 9999.
    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    package static func < (a: CELTimestamp, b: CELTimestamp) -> Bool {
        a.seconds == b.seconds ? a.nanoseconds < b.nanoseconds : a.seconds < b.seconds
    }
}

/// A length of time in nanoseconds: up to 292 years either way.
package struct CELDuration: Hashable, Sendable, Comparable {
    package let nanoseconds: Int64
    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    package static func < (a: CELDuration, b: CELDuration) -> Bool { a.nanoseconds < b.nanoseconds }
}
