internal import Synchronization

/// How often a client may ask: a bucket of tokens for each, filled at a steady rate. Bounded memory, however many clients come.
final class RateLimiter: Sendable {
    private struct Bucket {
        /// In thousandths of a request.
        var level: Int64
        var filled: Int64
    }

    /// Buckets that are remembered; who comes when there is no room shares one.
    static let capacity = 10_000
    private static let overflow = "overflow"

    /// Requests a second, and as many times this at once.
    private let rate: Int64
    private let burst: Int64
    private let uptime: @Sendable () -> Int64
    private let buckets = Mutex<[String: Bucket]>([:])

    init(perSecond rate: Int, burst: Int, uptime: @escaping @Sendable () -> Int64) {
        self.rate = Int64(rate)
        self.burst = Int64(burst) * 1000
        self.uptime = uptime
    }

    /// Takes one request from a client's bucket; nil, or the seconds after which there is one again.
    func wait(for client: String) -> Int? {
        let now = uptime()
        return buckets.withLock { buckets in
            let key = key(for: client, &buckets, now)
            var bucket = buckets[key] ?? Bucket(level: burst, filled: now)
            bucket.level = level(of: bucket, now)
            bucket.filled = now
            let isAllowed = bucket.level >= 1000
            if isAllowed { bucket.level -= 1000 }
            buckets[key] = bucket
            return isAllowed ? nil : Int(max(1, (1000 - bucket.level + rate * 1000 - 1) / (rate * 1000)))
        }
    }

    var count: Int { buckets.withLock(\.count) }

    /// A millisecond brings as many thousandths as a second brings requests.
    private func level(of bucket: Bucket, _ now: Int64) -> Int64 {
        min(burst, bucket.level + max(0, now - bucket.filled) * rate)
    }

    private func key(for client: String, _ buckets: inout [String: Bucket], _ now: Int64) -> String {
        guard buckets[client] == nil, buckets.count >= Self.capacity else { return client }
        // A full bucket is the same as none.
        buckets = buckets.filter { level(of: $0.value, now) < burst }
        return buckets.count < Self.capacity ? client : Self.overflow
    }
}
