import CostModel
import Glibc
import Observation

/// `bursar-benchmarks traffic [LOG]`: how long a flow log takes beside `wc -l` of the same file, plain and packed. Without one it writes a
/// gigabyte of version 2.
enum TrafficBenchmark {
    private static let standard = "/tmp/bursar-benchmark-flows.log"

    static func run(program: String, log: String?) {
        guard let log = log ?? written() else { return print("the log cannot be written to \(standard)") }
        for file in [log, log + ".gz"] where access(file, R_OK) == 0 {
            let lines = file.hasSuffix(".gz") ? ["sh", "-c", "gzip -dc '\(file)' | wc -l"] : ["wc", "-l", file]
            guard let theirs = Child.best(of: 5, lines), let ours = Child.best(of: 5, [program, "traffic-read", file]) else {
                print("\(file): not run")
                continue
            }
            print(
                "\(file): bursar \(ours.seconds) s, \(ours.peakMiB) MiB; wc -l \(theirs.seconds) s; ratio \(ours.seconds / theirs.seconds)")
        }
    }

    static func read(_ log: String) {
        let source = LogSource(name: "flows", place: Place(file: "bursar.yaml", line: 1), format: .vpcFlow, paths: [log])
        let (table, problems) = TrafficLogReader.read([source], directory: "/", days: Day("2026-01-01")!..<Day("2027-01-01")!)
        for problem in problems { print("\(problem.place): \(problem.message)") }
        print(table.entries.count, table.entries.reduce(0) { $0 &+ $1.bytes })
    }

    /// Ten million records of 200 hosts and 5,000 addresses outside, in 28 days.
    private static func written() -> String? {
        if access(standard, R_OK) == 0 { return standard }
        guard let file = fopen(standard + ".part", "w") else { return nil }
        fputs("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n", file)
        var state: UInt64 = 1
        func chance(_ limit: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % limit
        }
        let start = Day("2026-10-01")!.start.seconds
        for record in 0..<10_000_000 {
            let host = chance(200)
            let target = chance(4) == 0 ? "10.0.\(chance(4)).\(chance(50))" : "52.\(chance(5)).\(chance(10)).\(chance(100))"
            let time = start + Int64(record) * 28 * 86_400 / 10_000_000
            let bytes = 40 + chance(1_000_000)
            fputs(
                "2 123456789010 eni-0a1b2c3d4e5f6\(1000 + host) 10.0.\(host / 50).\(host % 50) \(target) \(1024 + chance(60_000)) 443 6 "
                    + "\(1 + bytes / 1400) \(bytes) \(time) \(time + 60) ACCEPT OK\n", file)
        }
        guard fclose(file) == 0, rename(standard + ".part", standard) == 0 else { return nil }
        return standard
    }
}
