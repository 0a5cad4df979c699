/// Why a value that nobody may be shown is not known: it reaches no message, patch or report, and what is made of it is not known for the same
/// reason.
package enum SecretReason {
    /// - Parameter function: `sensitive` or `ephemeral`.
    package static func marked(by function: String) -> String { "the value is marked by \(function)()" }

    /// - Parameters:
    ///   - what: `variable` or `output`.
    ///   - mark: `sensitive` or `ephemeral`.
    package static func declared(_ what: String, _ name: String, _ mark: String) -> String { "\(what) '\(name)' is \(mark)" }

    package static func ofProvider(_ name: String) -> String { "the provider marks '\(name)' as sensitive" }

    /// Whether a value is not known for such a reason.
    package static func isOne(_ reason: String) -> Bool { ends.contains { reason.contains($0) } }

    private static let ends = ["' is sensitive", "' is ephemeral", "' as sensitive", "marked by sensitive()", "marked by ephemeral()"]
}
