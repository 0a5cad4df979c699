/// A word and a value beside each other, as READMEs show them.
package struct BadgePicture: Hashable, Sendable {
    package enum Tone: Hashable, Sendable {
        case good, fair, poor, plain, gold, silver, bronze

        /// Each has a contrast of at least 4.5 to 1 to white.
        fileprivate var colour: String {
            switch self {
            case .good: "#00705a"
            case .fair: "#8a5f00"
            case .poor: "#b5470a"
            case .plain: "#57606a"
            case .gold: "#7d6200"
            case .silver: "#5a6673"
            case .bronze: "#8c5220"
            }
        }
    }

    package var name: String
    package var value: String
    package var tone: Tone

    package init(_ name: String, _ value: String, _ tone: Tone) {
        self.name = name
        self.value = value
        self.tone = tone
    }

    package var file: HTML {
        let (name, value) = (name.clipped(to: 40), value.clipped(to: 40))
        let (left, right) = (Self.width(name) + 12, Self.width(value) + 12)
        let width = left + right
        let colour = HTML(stringLiteral: tone.colour)
        // The width of each text is set: fonts differ, and the words must not run out of their halves.
        return """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" width="\(width)" height="20" viewBox="0 0 \(width) 20" aria-labelledby="t">\
            <title id="t">\(name): \(value)</title><rect width="\(left)" height="20" fill="#32383f"/><rect x="\(left)" width="\(right)" \
            height="20" fill="\(colour)"/><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">\
            <text x="\(left / 2)" y="14" textLength="\(left - 12)" lengthAdjust="spacingAndGlyphs">\(name)</text><text x="\(left + right / 2)" \
            y="14" textLength="\(right - 12)" lengthAdjust="spacingAndGlyphs">\(value)</text></g></svg>

            """
    }

    /// About how wide a text is in Verdana of 11 pixels.
    private static func width(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { sum, scalar in
            let width: Double =
                switch scalar {
                case "i", "j", "l", "I", "!", "|", "'", ".", ",", ":", ";": 4
                case "f", "r", "t", "(", ")", "-", "/", " ": 4.8
                case "m", "w", "M", "W", "%", "@": 10.4
                case _ where scalar.value > 0x2E80: 12
                case _ where ("A"..."Z").contains(scalar): 7.8
                default: 6.9
                }
            return sum + width
        }.rounded(.up)
    }
}
