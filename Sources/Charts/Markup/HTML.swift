/// A piece of HTML, or of SVG, which follows the same rules. What stands in the literal is markup; text that is put into it stays text, so a
/// team's name cannot become an element:
///
/// ```swift
/// let row: HTML = "<td class=\"\(state)\">\(team)</td>"
/// ```
///
/// Attributes stand in quotes. Text that is put where a browser expects a script, a style or an address is not made harmless by this: a page's
/// `ContentSecurityPolicy` is what forbids those, and addresses are checked where they are made.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let markup: String

    package init(stringLiteral markup: String) { self.markup = markup }
    package init(stringInterpolation pieces: StringInterpolation) { markup = pieces.markup }

    package static let empty: HTML = ""

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { markup += literal }
        package mutating func appendInterpolation(_ text: String) { markup += Markup.text(text) }
        package mutating func appendInterpolation(_ number: Int) { markup += String(number) }
        /// A length or a place in a drawing, to a tenth: more nobody sees, and less of it differs from machine to machine.
        package mutating func appendInterpolation(_ length: Double) { markup += Self.tenths(length) }
        package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }
        package mutating func appendInterpolation(_ piece: HTML?) { markup += piece?.markup ?? "" }
        package mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { markup += piece.markup } }

        private static func tenths(_ number: Double) -> String {
            guard number.isFinite, abs(number) < 1e9 else { return "0" }
            let tenths = Int((number * 10).rounded())
            let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
            return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
        }
    }
}

extension HTML {
    package static func + (a: HTML, b: HTML) -> HTML { "\(a)\(b)" }
    package static func += (a: inout HTML, b: HTML) { a = a + b }
}
