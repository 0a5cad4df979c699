import Testing

@testable import Charts

@Suite("the colours of charts")
struct ChartStyleTests {
    /// WCAG 2.2's relative luminance of `#rrggbb`.
    private static func luminance(_ colour: String) -> Double {
        let number = Int(colour.dropFirst(), radix: 16) ?? 0
        let parts = [number >> 16 & 255, number >> 8 & 255, number & 255].map { Double($0) / 255 }
        let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : power(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        // Newton's way to the fifth root: x^2.4 = x² · (x²)^(1/5).
        let square = base * base
        var root = 1.0
        for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
        return square * root
    }

    private static func contrast(_ a: String, _ b: String) -> Double {
        let (one, other) = (luminance(a) + 0.05, luminance(b) + 0.05)
        return max(one, other) / min(one, other)
    }

    @Test("have the contrasts of WCAG 2.2: 3 to 1 for marks, 4.5 to 1 for words", arguments: [ChartStyle.light, .dark])
    func contrasts(style: ChartStyle) {
        #expect(abs(Self.contrast("#ffffff", "#000000") - 21) < 0.01)
        for colour in style.series + [style.good, style.bad] { #expect(Self.contrast(colour, style.background) >= 3, "\(colour)") }
        for colour in [style.text, style.muted] { #expect(Self.contrast(colour, style.background) >= 4.5, "\(colour)") }
        #expect(style.series.count == 7 && Set(style.series).count == 7)
    }
}
