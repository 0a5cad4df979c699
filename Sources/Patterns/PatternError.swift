/// A pattern that cannot be used, and where in it the problem is.
///
/// The caller knows the pattern's place in a file and turns this into a diagnostic there.
package struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Lower case, no full stop, names the thing.
    package let message: String
    /// Where in the pattern, in UTF-8 bytes from its start.
    package let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    package var description: String { "\(message) (at offset \(offset))" }
}
