/// The version of the tool; plans carry it.
package enum Version {
    package static let current = "0.1.0"
}
