import Glibc
import TimeSeries

/// `bursar-benchmarks series`: 3,000 series of 18 months, anomalies and forecast, on one core, beside a program of numpy that does the simplest
/// that could be called that: the median and the absolute deviation of the 56 days before each day, and smoothing for the forecast.
enum SeriesBenchmark {
    private static let days = 548
    private static let count = 3_000
    private static let firstDay = 20_000
    private static let horizon = 60

    static func run() {
        let leaves = (0..<count).map(leaf)
        var best = Double.infinity
        var found = 0
        var total = 0.0
        for _ in 0..<3 {
            let start = RulesBenchmark.processorTime()
            let watch = CostWatch(
                leaves, missing: [Bool](repeating: false, count: days), firstEpochDay: firstDay,
                settings: WatchSettings(minimumImpact: 100))
            found = watch.anomalies().count
            total = watch.forecasts(from: days - 2, horizon: horizon).reduce(0) { $0 + $1.days.reduce(0, +) }
            best = min(best, RulesBenchmark.processorTime() - start)
        }
        print("\(count) series of \(days) days: \(found) anomalies, \(Int(total)) in the next \(horizon) days")
        print("  anomalies and forecast: \(Int(best * 1_000)) ms on one core")
        let python = getenv("BURSAR_PYTHON").map { String(cString: $0) } ?? "python3"
        guard let theirs = Child.best(of: 3, [python, "-c", program]) else {
            return print("  numpy: not run; BURSAR_PYTHON names a python that has it")
        }
        let ratio = Int((best / theirs.seconds * 100).rounded())
        print(
            "  numpy, rolling median and deviation, smoothing: \(Int(theirs.seconds * 1_000)) ms with its start; ratio \(Double(ratio) / 100)"
        )
    }

    /// Weeks, a little noise that is the same each time, and in every fiftieth series a week that costs four times as much.
    private static func leaf(_ index: Int) -> LeafDays {
        let scale = Double(1 + index % 40)
        let cost = (0..<days).map { day -> Double in
            let noise = Double((day &* 7_919 &+ index &* 104_729) % 1_009) / 1_009 - 0.5
            let week = [2, 3].contains(day % 7) && index.isMultiple(of: 3) ? 0.6 : 1
            let event = index.isMultiple(of: 50) && (500..<507).contains(day) ? 4.0 : 1
            return scale * event * (week + 0.1 * noise)
        }
        let leaf = CostLeaf(
            team: "team-\(index % 30)", account: "\(index % 12)", service: "service-\(index % 25)", region: "region-\(index % 5)",
            sku: "SKU\(index)")
        return LeafDays(leaf: leaf, cost: cost, quantity: cost.map { $0 / scale })
    }

    private static let program = """
        import numpy as np
        from numpy.lib.stride_tricks import sliding_window_view
        n, d, w = \(count), \(days), 56
        x = np.abs(np.random.default_rng(1).normal(1, .1, (n, d)))
        found = 0
        for s in x:
            v = sliding_window_view(s, w)[:-1]
            m = np.median(v, axis=1)
            found += int((s[w:] > m + 6 * 1.4826 * np.median(np.abs(v - m[:, None]), axis=1)).sum())
        level = x[:, 0].copy()
        for t in range(1, d): level += .3 * (x[:, t] - level)
        print(found, (level * \(horizon)).sum())
        """
}
