/// What is known of the numbers that Terraform rounds.
extension Number {
    /// Why a value is unknown that depends on them.
    static let rounding = "how Terraform rounds the number is not known"

    /// Whether it is a whole number or a fraction by a power of two, which Terraform holds as it is; and nothing before it was rounded.
    var isDyadic: Bool { denominator & (denominator - 1) == 0 && !isRounded }

    /// Whether it cannot be said which is the larger, or whether they are equal: one was rounded, and they are as good as equal.
    func isTooNear(to other: Number) -> Bool {
        guard isRounded || other.isRounded else { return false }
        guard self != other else { return true }
        let (a, b) = (approximate, other.approximate)
        return abs(a - b) <= 1e-12 * max(abs(a), abs(b))
    }

    /// Whether Terraform reads a text as a number, be it one that is not held here: `1e400`, `1p4`, `Inf`.
    static func isWritten(_ text: String) -> Bool {
        func isSign(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") }
        var rest = Array(text.utf8)[...]
        if isSign(rest.first) { rest.removeFirst() }
        if rest.elementsEqual("inf".utf8) || rest.elementsEqual("Inf".utf8) { return true }
        var digits = rest.prefix(while: \.isDigit).count
        rest = rest.dropFirst(digits)
        if rest.first == UInt8(ascii: ".") {
            let behind = rest.dropFirst().prefix(while: \.isDigit).count
            digits += behind
            rest = rest.dropFirst(behind + 1)
        }
        guard digits > 0 else { return false }
        guard let letter = rest.popFirst() else { return true }
        if isSign(rest.first) { rest.removeFirst() }
        return "eEpP".utf8.contains(letter) && !rest.isEmpty && rest.allSatisfy(\.isDigit)
    }
}

extension Value {
    /// Whether it cannot be said if Terraform finds the two equal.
    func isTooNear(to other: Value) -> Bool {
        switch (kind, other.kind) {
        case (.number(let a), .number(let b)): a.isTooNear(to: b)
        case (.list(let a, _), .list(let b, _)), (.set(let a), .set(let b)): zip(a, b).contains { $0.isTooNear(to: $1) }
        case (.map(let a), .map(let b)): zip(a.entries, b.entries).contains { $0.value.isTooNear(to: $1.value) }
        default: false
        }
    }

    /// Why a number has no text; nil: it has, or it is no number.
    package var reasonWithoutText: String? { if case .number(let number) = kind, number.isRounded { Number.rounding } else { nil } }

    /// Whether a number inside was rounded.
    var holdsRounded: Bool {
        switch kind {
        case .number(let number): number.isRounded
        case .list(let elements, _), .set(let elements): elements.contains(where: \.holdsRounded)
        case .map(let map): map.entries.contains(where: \.value.holdsRounded)
        case .null, .bool, .string, .unknown: false
        }
    }
}
