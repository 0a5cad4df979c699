internal import Reporting

/// A piece of HTML. What stands in the literal is markup; text that is put into it stays text, so a team's name cannot become an element:
///
/// ```swift
/// let row: HTML = "<td class=\"\(state)\">\(team)</td>"
/// ```
///
/// Attributes stand in quotes. Text that is put where a browser expects a script, a style or an address is not made harmless by this: a page's
/// `ContentSecurityPolicy` is what forbids those.
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let markup: String

    package init(stringLiteral markup: String) { self.markup = markup }
    package init(stringInterpolation pieces: StringInterpolation) { markup = pieces.markup }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        package init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

        package mutating func appendLiteral(_ literal: String) { markup += literal }
        package mutating func appendInterpolation(_ text: String) { markup += Markup.text(text) }
        package mutating func appendInterpolation(_ number: Int) { markup += String(number) }
        package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }
        package mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { markup += piece.markup } }
    }
}
