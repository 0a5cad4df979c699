import CostModel

/// The arguments of a block, read for what they cost. An argument that is not written is nil, one that cannot be known is an obstacle: nobody guesses.
struct Arguments {
    private let values: [String: ResourceAttribute]

    init(_ values: [String: ResourceAttribute]) {
        self.values = values
    }

    /// No resource has more gigabytes, IOPS or machines: what says so is a mistake or an attack.
    static let most = 1_000_000_000

    func has(_ name: String) -> Bool { values[name] != nil }

    func text(_ name: String) throws(EstimateObstacle) -> String? {
        guard let value = values[name]?.value else { return nil }
        switch value {
        case .null: return nil
        case .string(let text): return text
        case .number(let number): return number.description
        case .bool(let flag): return "\(flag)"
        case .unknown(let reason): throw .unknown("'\(name)' is not known: \(reason)")
        case .list, .map: throw .notPriced("'\(name)' is no text")
        }
    }

    /// A text without which there is no price.
    func needed(_ name: String) throws(EstimateObstacle) -> String {
        guard let text = try text(name) else { throw .unknown("the code does not say '\(name)'") }
        return text
    }

    /// A text, where the code says it and it is known.
    func known(_ name: String) -> String? {
        if case .string(let text)? = values[name]?.value { text } else { nil }
    }

    /// Whether the code says that something is so.
    func isTrue(_ name: String) -> Bool { values[name]?.value == .bool(true) || known(name) == "true" }

    /// A number from 0 to `most`. Code may write numbers as texts.
    func number(_ name: String) throws(EstimateObstacle) -> FixedDecimal? {
        guard let text = try text(name) else { return nil }
        guard let number = FixedDecimal(exactly: text) else { throw .notPriced("'\(name)' is no number: \(text)") }
        guard number >= .zero, number <= FixedDecimal(Self.most) else {
            throw .notPriced("'\(name)' is \(text), and what is priced is between 0 and \(Self.most)")
        }
        return number
    }

    func flag(_ name: String) throws(EstimateObstacle) -> Bool? {
        guard let text = try text(name) else { return nil }
        switch text {
        case "true", "1": return true
        case "false", "0": return false
        default: throw .notPriced("'\(name)' is neither true nor false")
        }
    }

    /// The nested blocks of a type, or the maps of a list, in their order.
    func blocks(_ name: String) throws(EstimateObstacle) -> [Arguments] {
        guard let value = values[name]?.value else { return [] }
        switch value {
        case .list(let elements):
            var blocks: [Arguments] = []
            for element in elements {
                switch element.value {
                case .map(let entries): blocks.append(Arguments(entries))
                case .unknown(let reason): throw .unknown("'\(name)' is not known: \(reason)")
                default: throw .notPriced("'\(name)' is no block")
                }
            }
            return blocks
        case .map(let entries): return [Arguments(entries)]
        case .unknown(let reason): throw .unknown("'\(name)' is not known: \(reason)")
        case .null: return []
        case .bool, .number, .string: throw .notPriced("'\(name)' is no block")
        }
    }

    func block(_ name: String) throws(EstimateObstacle) -> Arguments? { try blocks(name).first }

    /// How many elements a list has, or a map; nil where it is not written. What the elements are need not be known.
    func count(_ name: String) throws(EstimateObstacle) -> Int? {
        switch values[name]?.value {
        case nil, .null: return nil
        case .list(let elements): return elements.count
        case .map(let entries): return entries.count
        case .unknown(let reason): throw .unknown("'\(name)' is not known: \(reason)")
        case .bool, .number, .string: return 1
        }
    }

    /// The first text of a list.
    func firstText(_ name: String) throws(EstimateObstacle) -> String? {
        guard case .list(let elements)? = values[name]?.value else { return try text(name) }
        guard let first = elements.first else { return nil }
        return try Arguments([name: first]).text(name)
    }

    /// The address of the resource that an argument names: `aws_launch_template.web` of `aws_launch_template.web.id`.
    func reference(_ name: String) -> String? {
        switch values[name]?.value {
        case .unknown(let reason): AfterApply.address(in: reason)
        case .string(let text): text
        default: nil
        }
    }
}
