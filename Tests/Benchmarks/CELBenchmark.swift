import CEL
import Glibc
import TestSupport

/// `bursar-benchmarks cel`: evaluations a second over 100,000 records, and what the hostile set takes at most.
enum CELBenchmark {
    private static let expression =
        #"resource.tags.exists(t, t == "team") && resource.monthlyCost > 100.0 && resource.type.startsWith("aws_")"#

    static func run(program: String) {
        // First, because what a child starts with counts as its peak.
        hostile(program: program)
        peer(ours: speed())
    }

    /// Evaluations a second with plain numbers.
    @discardableResult
    static func speed() -> Double {
        print(expression)
        let plain = evaluations("double", costType: .double) { .double($0) }
        evaluations("money", costType: .money) { .money(units: Int128($0 * 100) * 10_000_000_000_000_000, currency: "USD") }
        return plain
    }

    @discardableResult
    private static func evaluations(_ name: String, costType: CELType, _ cost: (Double) -> CELValue) -> Double {
        let type = CELObjectType(
            name: "resource",
            fields: [
                CELField("type", .string), CELField("name", .string), CELField("tags", .map(.string, .string)),
                CELField("monthlyCost", costType),
            ])
        let environment = CELEnvironment(variables: [CELVariable("resource", .object(type))])
        guard case .program(let compiled) = environment.compile(expression, expecting: .bool) else { return 0 }
        let records = (0..<100_000).map { index -> CELValue in
            let tags = ["environment", "owner", index % 4 == 0 ? "service" : "team", "cost-centre"].map {
                ($0, CELValue.string("v\(index)"))
            }
            let values: [CELValue] = [
                .string(index % 5 == 0 ? "google_compute_instance" : "aws_instance"), .string("resource-\(index)"), .map(tags),
                cost(Double(index % 200)),
            ]
            return .object(CELObject(type: type, values: values))
        }
        var best = Double.infinity
        var passed = 0
        for _ in 0..<20 {
            passed = 0
            let seconds = time {
                for record in records {
                    if case .bool(true) = compiled.evaluate(record).value { passed += 1 }
                }
            }
            best = min(best, seconds)
        }
        print("  \(name): \(Int(Double(records.count) / best / 1000)) thousand evaluations a second, \(passed) of \(records.count) true")
        return Double(records.count) / best
    }

    /// In seconds of processor time, because the machine may be busy with other things.
    private static func time(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        body()
        return now() - start
    }

    /// CEL in Rust through its package for Python, when somebody installed it; that includes the way from Python's dictionaries.
    private static func peer(ours: Double) {
        let script = """
            import time, cel
            e = cel.compile('\(expression)')
            def record(i):
                tags = {"environment": "v", "owner": "v", "service" if i % 4 == 0 else "team": "v", "cost-centre": "v"}
                return {"resource": {"type": "aws_instance", "tags": tags, "monthlyCost": float(i % 200)}}
            rs = [record(i) for i in range(20000)]
            s = time.process_time()
            for r in rs: e.execute(r)
            print(len(rs) / (time.process_time() - s))
            """
        let python = getenv("CEL_PEER_PYTHON").map { String(cString: $0) } ?? "python3"
        let file = "/tmp/bursar-cel-peer-\(getpid())"
        defer { unlink(file) }
        guard Child.run([python, "-c", script], output: file)?.isSuccess == true, let stream = fopen(file, "r") else {
            return print("  peer: common-expression-language is not installed (name its Python in CEL_PEER_PYTHON)")
        }
        defer { fclose(stream) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, 64, stream) != nil else { return }
        let theirs = atof(line)
        print(
            "  peer, common-expression-language in Rust: \(Int(theirs / 1000)) thousand evaluations a second, a ratio of \(Int(ours / theirs))"
        )
    }

    // MARK: The hostile set

    private static func hostile(program: String) {
        var largest = (mebibytes: 0, name: "")
        let idle = Child.run([program, "cel-hostile", "-1"])?.peakMiB ?? 0
        for (index, hostile) in HostileExpression.all.enumerated() {
            guard let child = Child.run([program, "cel-hostile", String(index)]), child.isSuccess else {
                print("  \(hostile.name): not stopped by its limit")
                continue
            }
            if child.peakMiB > largest.mebibytes { largest = (child.peakMiB, hostile.name) }
        }
        var slowest = (seconds: 0.0, name: "")
        for hostile in HostileExpression.all {
            let seconds = time { _ = outcome(hostile) }
            if seconds > slowest.seconds { slowest = (seconds, hostile.name) }
            if seconds > 0.05 { print("  \(hostile.name): \(Int(seconds * 1000)) ms") }
        }
        print("hostile set of \(HostileExpression.all.count)")
        print("  slowest: \(Int(slowest.seconds * 1000)) ms, \(slowest.name)")
        print("  largest: \(largest.mebibytes) MiB, \(largest.name); the process alone takes \(idle) MiB")
    }

    /// One expression of the set in a process of its own, so that its memory can be told.
    static func hostile(_ index: Int) {
        guard index >= 0 else { return }
        let hostile = HostileExpression.all[index]
        if !outcome(hostile).contains(hostile.limit) { exit(1) }
    }

    private static func outcome(_ hostile: HostileExpression) -> String {
        let environment = CELEnvironment(variables: [CELVariable("big", .string), CELVariable("middle", .string)])
        switch environment.compile(hostile.text) {
        case .problems(let problems): return problems[0].message
        case .program(let program):
            let result = program.evaluate([.string(HostileExpression.big), .string(HostileExpression.middle)])
            if case .error(let error) = result.value { return error.message }
            return "ended with a value"
        }
    }
}
