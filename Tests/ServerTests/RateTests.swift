import Reporting
import Testing

@testable import Server

@Suite("how often a client may ask")
struct RateTests {
    @Test("refuses more than a client may, and says when to come again")
    func limit() throws {
        let site = Site { $0.requestsPerSecond = 2 }
        for _ in 0..<10 { #expect(try site.answer("GET", "/metrics").status == 200) }
        let refused = try site.answer("GET", "/metrics")
        #expect(refused.status == 429)
        #expect(refused.header("Retry-After") == "1")
        // Another client is not held back, nor is a probe.
        #expect(try site.answer("GET", "/metrics", token: Site.writeToken).status == 200)
        #expect(try site.answer("GET", "/healthz").status == 200)
        site.clock.advance(milliseconds: 500)
        #expect(try site.answer("GET", "/metrics").status == 200)
        #expect(try site.answer("GET", "/metrics").status == 429)
    }

    @Test("counts who guesses tokens by address")
    func guesses() throws {
        let site = Site { $0.requestsPerSecond = 1 }
        let statuses = try (0..<7).map { try site.answer("GET", "/metrics", token: "guess-\($0)").status }
        #expect(statuses == [401, 401, 401, 401, 401, 429, 429])
        #expect(try site.answer("GET", "/metrics").status == 200)
    }

    @Test("remembers a bounded number of clients")
    func bounded() {
        let clock = TestClock()
        let limiter = RateLimiter(perSecond: 1, burst: 2) { clock.now }
        for client in 0..<(2 * RateLimiter.capacity) { _ = limiter.wait(for: "client \(client)") }
        #expect(limiter.count <= RateLimiter.capacity + 1)
        // Who has not asked for a while is forgotten, and there is room again.
        clock.advance(milliseconds: 10_000)
        #expect(limiter.wait(for: "one more") == nil)
        #expect(limiter.count <= 2)
    }

    @Test("counts an IPv6 network as one client")
    func networks() {
        #expect(Gatekeeper.network(of: "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(Gatekeeper.network(of: "2001:db8::1") == "2001:db8::/64")
        #expect(Gatekeeper.network(of: "192.0.2.1") == "192.0.2.1")
        #expect(Gatekeeper.network(of: "::1") == "::1")
    }
}
