/// Bills, states, samples and tables that are torn, bottomless, or were written to fill the machine.
extension HostileWorkspace {
    private static func bill(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file("data/bill.csv", "bill: " + name, outcome, text)
    }

    private static func state(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file("data/infra.tfstate", "state: " + name, outcome, text)
    }

    private static func samples(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file(
            "data/metrics.csv", "samples: " + name, outcome,
            { "timestamp,resource_id,metric,value\n" + text() })
    }

    private static func types(
        _ name: String, _ outcome: Outcome, _ text: @escaping @Sendable () -> String
    ) -> HostileWorkspace {
        file(
            "data/types.csv", "instance types: " + name, outcome,
            { "instance_type,vcpu,memory_mib,on_demand_usd_hour\n" + text() })
    }

    static let data = bills + archives + states + measured

    private static let bills: [HostileWorkspace] = [
        bill("a quote that never ends", .said(3, "")) { header + "\"" + times("x,", 9_000_000) },
        bill("a line of seventeen million bytes", .said(3, "")) {
            header + times("x", 17_000_000) + "\n"
        },
        bill("five thousand columns", .said(3, "")) { header.dropLast() + times(",x", 5_000) + "\n" },
        bill("one column twice", .said(3, "")) { header.dropLast() + ",BilledCost\n" },
        bill("no column", .said(3, "")) { "\n\n\n" },
        bill("nothing", .said(3, "")) { "" },
        bill("nothing but ends of lines", .said(3, "")) { times("\n", 1_000_000) },
        bill("nothing but quotes", .said(3, "")) { times("\"", 1_000_000) },
        bill("nothing but commas", .said(3, "")) { header + times(",", 1_000_000) },
        bill("zeros", .said(3, "")) { header + times("\0", 1_000_000) },
        bill("rows of too few fields", .said(3, "")) { header + times("1,2\n", 100_000) },
        bill("rows of too many fields", .said(3, "")) {
            header + times(times("1,", 40) + "\n", 20_000)
        },
        bill("amounts beyond all numbers", .said(3, "")) {
            header + times(row("2026-10-31", "1e400"), 1_000)
        },
        bill("amounts with a million zeros", .read(0)) {
            header + row("2026-10-31", times("0", 1_000_000) + "1")
        },
        bill("amounts of a million digits", .said(3, "")) {
            header + row("2026-10-31", times("9", 1_000_000))
        },
        bill("sums beyond what is held", .said(3, "")) {
            header + times(row("2026-10-31", "170000000000000000000"), 1_000)
        },
        bill("days beyond all calendars", .said(3, "")) {
            header + row("99999-12-31", "1") + row("0000-00-00", "1") + row("2026-02-30", "1")
        },
        bill("days from the first year to the last", .said(3, "expected a date")) {
            header + row("0001-01-01", "1") + row("9999-12-31", "1")
        },
        bill("a hundred thousand resources", .read(0)) {
            header + (0..<100_000).map { row("2026-10-31", "1", resource: "r\($0)") }.joined()
                + row("2026-10-30", "1")
        },
        bill("a resource of a million letters", .read(0)) {
            header + row("2026-10-30", "1", resource: times("x", 1_000_000)) + row("2026-10-31", "1")
        },
        bill("tags fifty thousand deep", .read(0)) {
            header + row("2026-10-30", "1", tags: times("[", 50_000)) + row("2026-10-31", "1")
        },
        bill("names that are formulas and commands", .read(0)) {
            header + row("2026-10-30", "1", resource: "=cmd|' /C calc'!A0\u{1B}[2J")
                + row("2026-10-31", "1")
        },
        bill("a hundred thousand accounts", .read(0)) {
            header
                + (0..<100_000).map { row("2026-10-31", "1").replacing(",ec2,1,", with: ",ec2,a\($0),") }
                .joined() + row("2026-10-30", "1")
        },
    ]

    /// A member of gzip that stores a text as it is.
    private static func stored(_ text: [UInt8]) -> [UInt8] {
        let length = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)]
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + length + length.map { ~$0 } + text
    }

    private static func packed(
        _ name: String, _ outcome: Outcome, _ content: @escaping @Sendable () -> [UInt8]
    ) -> HostileWorkspace {
        bytes("data/bill.csv.gz", "packed bill: " + name, outcome, content)
    }

    private static let archives: [HostileWorkspace] = [
        packed("nothing", .said(3, "")) { [] },
        packed("only its head", .said(3, "")) { [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] },
        packed("rubbish behind its head", .said(3, "")) {
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 0xAA, count: 10_000)
        },
        packed("without its end", .said(3, "")) { stored(Array(header.utf8)) },
        packed("with a sum that is wrong", .said(3, "")) {
            stored(Array(header.utf8)) + [1, 2, 3, 4, 5, 6, 7, 8]
        },
        packed("a name without an end", .said(3, "")) {
            [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255] + [UInt8](repeating: 0x61, count: 1_000_000)
        },
        packed("a hundred thousand empty members", .said(3, "")) {
            Array(
                repeatElement(
                    [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0] as [UInt8],
                    count: 100_000
                ).joined())
        },
        packed("plain text", .said(3, "")) { Array((header + row("2026-10-31", "1")).utf8) },
        bytes("data/bill.zst", "packed bill: zstd with a window beyond the memory", .said(3, "")) {
            [0x28, 0xB5, 0x2F, 0xFD, 0, 0xF8, 1, 0, 0]
        },
        bytes("data/bill.zst", "packed bill: zstd of rubbish", .said(3, "")) {
            [0x28, 0xB5, 0x2F, 0xFD] + [UInt8](repeating: 0xFF, count: 1_000)
        },
        bytes("data/bill.zip", "packed bill: a zip", .said(3, "")) {
            Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 100)
        },
        bytes("data/bill.parquet", "packed bill: Parquet of rubbish", .said(3, "")) {
            Array("PAR1".utf8) + [UInt8](repeating: 0xFF, count: 1_000) + Array("PAR1".utf8)
        },
        bytes("data/bill.csv", "packed bill: UTF-16", .said(3, "")) {
            [0xFF, 0xFE] + header.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        },
        bytes("data/bill.csv", "packed bill: a picture", .said(3, "")) {
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 7, count: 100_000)
        },
    ]

    private static let instance =
        "{\"mode\": \"managed\", \"type\": \"aws_instance\", \"name\": \"web\", \"provider\": \"provider[\\\"registry.terraform.io/hashicorp/aws\\\"]\", \"instances\": "

    private static let states: [HostileWorkspace] = [
        state("nothing", .said(3, "")) { "" },
        state("fifty thousand deep", .said(3, "")) {
            stateFile(times("[", 50_000) + times("]", 50_000))
        },
        state("attributes fifty thousand deep", .said(3, "")) {
            stateFile(
                "[\(instance)[{\"attributes\": \(times("{\"a\":", 50_000))1\(times("}", 50_000))}]}]")
        },
        state("without an end", .said(3, "")) {
            stateFile("[" + times("{\"mode\": \"managed\"},", 10_000))
        },
        state("a text without an end", .said(3, "")) { stateFile("[\"" + times("x", 2_000_000)) },
        state("of version 3", .said(3, "version")) { "{\"version\": 3, \"modules\": []}" },
        state("of a version beyond all numbers", .said(3, "")) { "{\"version\": 4e999999}" },
        state("of a version that is a list", .said(3, "")) { "{\"version\": [4]}" },
        state("a list", .said(3, "")) { "[]" },
        state("resources that are a number", .said(3, "")) { stateFile("7") },
        state("instances that are a text", .said(3, "")) { stateFile("[\(instance)\"x\"}]") },
        state("twenty thousand instances of one name", .read(0)) {
            stateFile(
                "[\(instance)["
                    + Array(repeating: "{\"attributes\": {\"id\": \"i\"}}", count: 20_000).joined(
                        separator: ",") + "]}]")
        },
        state("fifty thousand instances", .read(0)) {
            stateFile(
                "[\(instance)["
                    + (0..<50_000).map { "{\"index_key\": \($0), \"attributes\": {\"id\": \"i\($0)\"}}" }
                    .joined(separator: ",") + "]}]")
        },
        state("keys that drive a terminal", .read(0)) {
            stateFile(
                "[\(instance)[{\"index_key\": \"\\u001b[2J\\u202e\", \"attributes\": {\"id\": \"\\u001b]0;x\\u0007\"}}]}]"
            )
        },
        state("keys that are lists", .said(3, "neither a number nor a text")) {
            stateFile("[\(instance)[{\"index_key\": [1], \"attributes\": {\"id\": \"x\"}}]}]")
        },
        state("keys that are objects", .said(3, "neither a number nor a text")) {
            stateFile("[\(instance)[{\"index_key\": {\"a\": 1}, \"attributes\": {\"id\": \"x\"}}]}]")
        },
        state("a number of a million digits", .said(3, "")) {
            stateFile("[\(instance)[{\"index_key\": \(times("9", 1_000_000)), \"attributes\": {}}]}]")
        },
        state("a type of a million letters", .read(0)) {
            stateFile("[" + instance.replacing("aws_instance", with: times("a", 1_000_000)) + "[]}]")
        },
        state("text behind its end", .said(3, "")) { stateFile("[]") + "x" },
        state("escapes that are none", .said(3, "")) { stateFile("[\"\\ud800\"]") },
        bytes("data/infra.tfstate", "state: zeros", .said(3, "")) {
            [UInt8](repeating: 0, count: 1_000_000)
        },
    ]

    private static let measured: [HostileWorkspace] = [
        samples("values beyond all numbers", .said(3, "")) {
            times("2026-10-31T00:00:00Z,i-1,cpu,1e400\n", 1_000)
        },
        samples("values that are none", .said(3, "")) {
            times("2026-10-31T00:00:00Z,i-1,cpu,NaN\n", 1_000)
        },
        samples("values below nothing", .said(3, "")) { "2026-10-31T00:00:00Z,i-1,cpu,-1\n" },
        samples("values of a thousand percent and one", .said(3, "")) {
            "2026-10-31T00:00:00Z,i-1,memory,1001\n"
        },
        samples("days beyond all calendars", .said(3, "")) { "99999-10-31T00:00:00Z,i-1,cpu,1\n" },
        samples("a hundred thousand resources", .read(0)) {
            (0..<100_000).map { "2026-10-31T00:00:00Z,i-\($0),cpu,1\n" }.joined()
        },
        samples("a line without an end", .said(3, "")) { times("x", 17_000_000) },
        samples("a metric of a million letters", .read(0)) {
            "2026-10-31T00:00:00Z,i-1,\(times("m", 1_000_000)),1\n"
        },
        types("memory below nothing", .said(3, "")) { "x.large,2,-1,0.1\n" },
        types("prices beyond all numbers", .said(3, "")) { "x.large,2,1,1e400\n" },
        types("cores beyond all numbers", .said(3, "")) { "x.large,99999999999999999999,1,1\n" },
        types("one type a hundred thousand times", .read(0)) { times("x.large,2,1,1\n", 100_000) },
        types("a name of a million letters", .read(0)) { "\(times("x", 1_000_000)).large,2,1024,1\n" },
    ]
}
