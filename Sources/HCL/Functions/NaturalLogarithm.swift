/// The natural logarithm in 64 bits as Terraform's own library computes it, bit for bit: the C library's may differ in the last bit, and
/// that decides what `ceil(log(x, 2))` is.
///
/// Method and constants: FreeBSD's `e_log.c`, which Go's `math.Log` follows. x = 2^k · (1 + f) with √½ < 1 + f < √2; with s = f / (2 + f),
/// log(1 + f) = f − (f²/2 − s · (f²/2 + R)), where R is a polynomial in s² with an error below 2^−58.45.
enum NaturalLogarithm {
    private static let (high, low) = (6.93147180369123816490e-01, 1.90821492927058770002e-10)
    private static let even = [3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01]
    private static let odd = [6.666666666666735130e-01, 2.857142874366239149e-01, 1.818357216161805012e-01, 1.479819860511658591e-01]

    /// NaN below zero, minus infinity at zero.
    static func of(_ x: Double) -> Double {
        guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
        var (fraction, exponent) = (x.significand / 2, Double(x.exponent) + 1)
        if fraction < 0.5.squareRoot() {
            fraction *= 2
            exponent -= 1
        }
        let f = fraction - 1
        let s = f / (2 + f)
        let s2 = s * s
        let s4 = s2 * s2
        let t1 = s2 * (odd[0] + s4 * (odd[1] + s4 * (odd[2] + s4 * odd[3])))
        let t2 = s4 * (even[0] + s4 * (even[1] + s4 * even[2]))
        let half = 0.5 * f * f
        return exponent * high - ((half - (s * (half + (t1 + t2)) + exponent * low)) - f)
    }
}
