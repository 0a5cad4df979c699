import Diagnostics

/// A number as it is drawn and as it is written. Amounts are exact decimals elsewhere: only the picture's lengths are approximate.
package struct ChartValue: Hashable, Sendable {
    package var size: Double
    package var text: String

    package init(_ size: Double, _ text: String) {
        self.size = size.isFinite ? size : 0
        self.text = text
    }
}

/// How the round numbers of an axis are written: `$1.5k`, `20 %`.
package struct AxisUnit: Hashable, Sendable {
    package var prefix: String
    package var suffix: String

    package init(prefix: String = "", suffix: String = "") {
        self.prefix = prefix
        self.suffix = suffix
    }

    func text(_ number: Double) -> String {
        let size = abs(number)
        let (scaled, mark): (Double, String) =
            size >= 1e9 ? (number / 1e9, "G") : size >= 1e6 ? (number / 1e6, "M") : size >= 1e3 ? (number / 1e3, "k") : (number, "")
        let hundredths = Int((abs(scaled) * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        var digits = "\(whole)"
        if rest > 0 { digits += rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)" }
        return (number < 0 ? "−" : "") + prefix + digits + mark + suffix
    }
}

/// From numbers to places, with round numbers in between.
struct Scale: Hashable {
    let low: Double
    let high: Double
    let ticks: [Double]
    private let from: Double
    private let to: Double

    /// A scale that holds all of the values and zero.
    ///
    /// - Parameters:
    ///   - from: the place of the lowest number.
    ///   - to: the place of the highest.
    init(_ values: some Sequence<Double>, from: Double, to: Double, count: Int = 4) {
        var (least, most) = (0.0, 0.0)
        for value in values where value.isFinite { (least, most) = (min(least, value), max(most, value)) }
        if least == most { most = 1 }
        let step = Self.step((most - least) / Double(count))
        let (first, last) = ((least / step).rounded(.down), (most / step).rounded(.up))
        (low, high) = (first * step, last * step)
        ticks = (Int(first)...Int(last)).map { Double($0) * step }
        (self.from, self.to) = (from, to)
    }

    func place(_ value: Double) -> Double {
        let value = min(max(value, low), high)
        return from + (value - low) / (high - low) * (to - from)
    }

    /// The next of 1, 2, 5, 10 and so on.
    private static func step(_ least: Double) -> Double {
        var magnitude = 1.0
        while magnitude * 10 <= least { magnitude *= 10 }
        while magnitude > least, magnitude > 1e-6 { magnitude /= 10 }
        return [1, 2, 5, 10].map { $0 * magnitude }.first { $0 >= least } ?? magnitude * 10
    }
}

extension String {
    /// At most so many characters, the last a `…` where some are left out. One character may be made of any number of marks: those count too.
    package func clipped(to limit: Int) -> String {
        let text = printable
        guard text.unicodeScalars.count > limit else { return text }
        var result = ""
        var scalars = 0
        for character in text {
            scalars += character.unicodeScalars.count
            guard scalars < limit else { break }
            result.append(character)
        }
        return result + "…"
    }
}
