import CostModel
import Glibc
import Observation

/// `swift run -c release bursar-benchmarks [BILL.csv]`: breaks a bill of a million rows down and prints time and memory, beside DuckDB's
/// where that is installed. `cel` measures expressions, `texts` Terraform's functions of texts, `rules` rules on resources, `change` a pull request, `check` large trees, `series` judgement over time, `traffic` flow logs beside `wc -l`. Without a bill it has one generated. Nothing here asserts: machines differ.
@main
struct Benchmarks {
    static func main() {
        let arguments = CommandLine.arguments
        if arguments.count == 3, arguments[1] == "breakdown" {
            breakdown(arguments[2])
        } else if arguments.count == 4, arguments[1] == "kept" {
            BillCache.$current.withValue(BillCache(folder: arguments[3])) { breakdown(arguments[2]) }
        } else if arguments.count == 3, arguments[1] == "table" {
            table(arguments[2])
        } else if arguments.count == 3, arguments[1] == "utilization" {
            utilization(arguments[2])
        } else if (2...3).contains(arguments.count), arguments[1] == "traffic" {
            TrafficBenchmark.run(program: arguments[0], log: arguments.dropFirst(2).first)
        } else if arguments.count == 3, arguments[1] == "traffic-read" {
            TrafficBenchmark.read(arguments[2])
        } else if arguments.count == 2, arguments[1] == "cel" {
            CELBenchmark.run(program: arguments[0])
        } else if arguments.count == 2, arguments[1] == "texts" {
            TextsBenchmark.run()
        } else if arguments.count == 2, arguments[1] == "rules" {
            RulesBenchmark.run()
        } else if arguments.count == 2, arguments[1] == "change" {
            ChangeBenchmark.run(program: arguments[0])
        } else if arguments.count == 4, arguments[1] == "change-once" {
            ChangeBenchmark.compare(arguments[2], estimates: arguments[3] == "estimated")
        } else if arguments.count == 2, arguments[1] == "check" {
            CheckBenchmark.run(program: arguments[0])
        } else if arguments.count == 2, arguments[1] == "series" {
            SeriesBenchmark.run()
        } else if arguments.count == 2, arguments[1] == "cel-speed" {
            CELBenchmark.speed()
        } else if arguments.count == 3, arguments[1] == "cel-hostile", let index = Int(arguments[2]) {
            CELBenchmark.hostile(index)
        } else if let bill = arguments.dropFirst().first ?? generatedBill() {
            compare(bill, program: arguments[0])
        } else {
            print("no bill: name one, or install python3 with numpy and pyarrow beside ../shared/tools/generate_focus.py")
        }
    }

    /// One million rows of about 840 bytes, kept for the next time.
    private static func generatedBill() -> String? {
        let stem = "/tmp/bursar-benchmark-1m"
        if access(stem + ".csv", R_OK) == 0 { return stem + ".csv" }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let generator = ["python3", "/\(root)/../shared/tools/generate_focus.py", "--rows", "1000000", "--out", stem, "--csv", "--gz"]
        return Child.run(generator)?.isSuccess == true ? stem + ".csv" : nil
    }

    private static let dimensions: [CostBreakdown.Dimension] = [.day, .service, .region, .account, .tag("team")]

    private static func compare(_ bill: String, program: String) {
        for file in [bill, bill + ".gz", bill + ".zst"] where access(file, R_OK) == 0 {
            print(file)
            let ours = Child.best(of: 3, [program, "breakdown", file])
            show("bursar, day × service × region × account × tag:team", ours)
            // Warm after the first of several: the fastest is one that reads nothing.
            let kept = [program, "kept", file, "/tmp/bursar-benchmark-bills"]
            show("bursar, the same again, kept", Child.best(of: 3, kept))
            show("bursar, the whole table of lines", Child.best(of: 3, [program, "table", file]))
            let columns = "cast(ChargePeriodStart as date), ServiceName, RegionId, SubAccountId, json_extract_string(Tags, '$.team')"
            for reading in ["'\(file)'", "'\(file)', all_varchar = true"] {
                let query =
                    "select \(columns), sum(cast(EffectiveCost as decimal(38, 18))) from read_csv(\(reading)) group by all"
                let theirs = Child.best(of: 3, ["duckdb", "-csv", "-c", query])
                show("duckdb, read_csv(\(reading))", theirs)
                if let ours, let theirs { print("  ratio \(rounded(ours.seconds / theirs.seconds)) of DuckDB's time") }
            }
        }
    }

    private static func show(_ name: String, _ child: Child?) {
        guard let child else {
            print("  \(name): not run")
            return
        }
        print("  \(name): \(rounded(child.seconds)) s, \(child.peakMiB) MiB")
    }

    private static func rounded(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    private static func breakdown(_ file: String) {
        let reader = BillReader(files: [file], directory: "/", now: Instant(seconds: 0))
        let (breakdown, problems) = reader.breakdown(by: dimensions, currency: .usd)
        for problem in problems { print("\(problem.place): \(problem.message)") }
        for row in breakdown.rows { print(row.values.map { $0 ?? "" }.joined(separator: ","), row.amount, separator: ",") }
    }

    private static func utilization(_ file: String) {
        let source = UtilizationSource(name: "metrics", place: Place(file: "bursar.yaml", line: 1), paths: [file])
        let (table, problems) = UtilizationReader.read([source], directory: "/", window: Instant(seconds: 0)..<Instant(seconds: .max))
        for problem in problems { print("\(problem.place): \(problem.message)") }
        print(table.series.count, table.series.values.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.samples.count } })
    }

    private static func table(_ file: String) {
        let reader = BillReader(files: [file], directory: "/", now: Instant(seconds: 0))
        let (table, problems) = reader.table(currency: .usd, tagKeys: ["team", "environment"], bases: [.effective, .billed])
        for problem in problems { print("\(problem.place): \(problem.message)") }
        print(table.lines.count, table.rowCount)
    }
}
