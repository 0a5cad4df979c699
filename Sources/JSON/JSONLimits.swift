/// How much JSON a reader takes. Texts come from anybody, and none may cost more than this.
package struct JSONLimits: Hashable, Sendable {
    /// Of the whole text, in bytes.
    package var size: Int
    /// How many arrays and objects may be open at once. Readers call themselves for each, and a thread's stack has an end.
    package var depth: Int
    /// Of one number, in bytes.
    package var numberLength: Int
    /// Members and elements of everything that becomes one `JSONValue`. A value takes far more memory than the three bytes of `[],`.
    package var members: Int

    package init(size: Int = 64 << 20, depth: Int = 256, numberLength: Int = 1000, members: Int = 4_000_000) {
        self.size = size
        self.depth = depth
        self.numberLength = numberLength
        self.members = members
    }

    package static let standard = JSONLimits()
}
