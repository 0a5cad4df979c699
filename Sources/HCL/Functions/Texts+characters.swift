/// What Terraform holds for characters, and for their small and capital forms.
extension Function {
    static let differingCharacters = "how many characters the text has differs between versions of Unicode"

    /// The characters that Terraform counts, which are those of Unicode 13; nil where later versions, as Swift's, draw other borders.
    ///
    /// They join consonants of Indic scripts by the sign between them (a virama), and know more scalars.
    static func characters(_ text: String) -> [Character]? {
        let isSettled = text.unicodeScalars.allSatisfy { scalar in
            guard !scalar.isASCII else { return true }
            guard let age = scalar.properties.age, age.major <= 13 else { return false }
            return scalar.properties.canonicalCombiningClass != .virama
        }
        return isSettled ? Array(text) : nil
    }

    static func lowered(_ text: String) -> String { mapped(text, lowercase) }
    static func raised(_ text: String) -> String { mapped(text, uppercase) }

    /// As Go's `strings.Title`: the first letter of each word, where letters, digits and `_` make words.
    static func title(_ text: String) -> String {
        var isStart = true
        return mapped(text) { scalar in
            let properties = scalar.properties
            let other = isStart ? single(properties.titlecaseMapping) ?? scalar : scalar
            let isWord = scalar == "_" || properties.isAlphabetic || properties.numericType != nil
            isStart = scalar.isASCII ? !isWord : properties.isWhitespace
            return other
        }
    }

    /// Scalar by scalar, as Go does: `ß` has no capital of one scalar and stays.
    private static func mapped(_ text: String, _ mapping: (Unicode.Scalar) -> Unicode.Scalar) -> String {
        var result = String.UnicodeScalarView()
        // One by one: 'append(contentsOf:)' asks for the room it needs and no more, and copies all there is each time.
        for scalar in text.unicodeScalars { result.append(mapping(scalar)) }
        return String(result)
    }

    private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // Only `İ` has a small form of two scalars, and besides it one of one.
        single(scalar.properties.lowercaseMapping) ?? (scalar == "\u{130}" ? "i" : scalar)
    }

    private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        // `ᾳ` is `ΑΙ` in capitals; by itself it becomes what begins a word.
        single(scalar.properties.uppercaseMapping) ?? single(scalar.properties.titlecaseMapping) ?? scalar
    }

    private static func single(_ mapping: String) -> Unicode.Scalar? {
        mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
    }
}
