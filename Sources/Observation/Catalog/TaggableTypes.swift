/// Which resource types take tags: facts of the Terraform provider's own schema (hashicorp/aws 5.100.0).
package enum TaggableTypes {
    /// Whether a type has a `tags` argument; nil for a type that is not known.
    package static func takesTags(_ type: String) -> Bool? {
        guard type.hasPrefix("aws_") else { return nil }
        return known[type.dropFirst(4)]
    }

    private static let known: [Substring: Bool] = {
        var known: [Substring: Bool] = [:]
        for (words, takesTags) in [(taggable, true), (untaggable, false)] {
            // By bytes: they are some thousand words of ASCII, and whoever asks for one waits for all.
            for word in words.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
                known[Substring(word)] = takesTags
            }
        }
        return known
    }()
}
