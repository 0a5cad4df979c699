import Conditions
import CostModel

@testable import CEL

/// A rule whose assertion was broken on purpose: its own examples should notice.
struct RuleMutant {
    enum Kind: String, CaseIterable {
        case always = "replaced by true"
        case negated
        case droppedOperand = "without an operand of && or ||"
        case comparison = "with another comparison"
        case constant = "with another constant"
        /// Of what stands for an argument that is not written; most have the same meaning as what they replace.
        case fallback = "with another fallback"
        case parameter = "with another parameter"
    }

    let kind: Kind
    /// What was done.
    let description: String
    let rule: Rule

    static func all(of rule: Rule) -> [RuleMutant] {
        let text = rule.assertion.text
        var mutants = [
            RuleMutant(.always, "true", rule.asserting("true")), RuleMutant(.negated, "!(…)", rule.asserting("!(\(text))")),
        ]
        for (kind, changed, description) in edits(of: text) where rule.canAssert(changed) {
            mutants.append(RuleMutant(kind, description, rule.asserting(changed)))
        }
        return mutants + parameterMutants(of: rule)
    }

    private init(_ kind: Kind, _ description: String, _ rule: Rule) {
        self.kind = kind
        self.description = description
        self.rule = rule
    }

    // MARK: The assertion's parts

    private static func edits(of text: String) -> [(Kind, String, String)] {
        // An assertion that does not parse is another test's subject.
        guard let whole = try? Parser.parse(text, limits: .default) else { return [] }
        let bytes = Array(text.utf8)
        func source(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        func replacing(_ range: Range<Int>, by new: String) -> String {
            source(0..<range.lowerBound) + new + source(range.upperBound..<bytes.count)
        }
        var result: [(Kind, String, String)] = []
        func visit(_ expression: Expression, isFallback: Bool = false) {
            let constant = isFallback ? Kind.fallback : .constant
            switch expression.kind {
            case .and(let operands), .or(let operands):
                let word = if case .and = expression.kind { " && " } else { " || " }
                for index in operands.indices {
                    let rest = operands.indices.filter { $0 != index }.map { "(\(source(operands[$0].range)))" }.joined(separator: word)
                    result.append((.droppedOperand, replacing(expression.range, by: rest), "without \(source(operands[index].range))"))
                }
            case .call(let name, _, let arguments, let range) where arguments.count == 2:
                for other in others[name] ?? [] {
                    result.append((.comparison, replacing(range, by: other), "\(source(expression.range)) with \(other)"))
                }
            case .constant(.int(let number)):
                for other in [number + 1, number - 1] {
                    result.append((constant, replacing(expression.range, by: "(\(other))"), "\(number) is \(other)"))
                }
            case .constant(.string(let text)) where !text.isEmpty:
                result.append((constant, replacing(expression.range, by: "\"another\""), "\"\(text)\" is another"))
            default: break
            }
            var fallback: Expression?
            if case .call("orValue", _, let arguments, _) = expression.kind { fallback = arguments.first }
            for child in expression.kind.children { visit(child, isFallback: child === fallback) }
        }
        visit(whole)
        return result
    }

    private static let others = [
        "_==_": ["!="], "_!=_": ["=="], "_<_": ["<=", ">="], "_<=_": ["<", ">"], "_>_": [">=", "<="], "_>=_": [">", "<"],
    ]

    // MARK: The parameters

    /// A number one larger and one smaller; what makes no difference at the border is no border.
    private static func parameterMutants(of rule: Rule) -> [RuleMutant] {
        rule.parameters.indices.flatMap { index -> [RuleMutant] in
            guard case .integer(let number) = rule.parameters[index].value else { return [] }
            guard rule.assertion.text.contains("params.\(rule.parameters[index].name)") else { return [] }
            return [number + 1, number - 1].map { other in
                var changed = rule
                changed.parameters[index].value = .integer(other)
                return RuleMutant(.parameter, "\(rule.parameters[index].name) is \(other)", changed)
            }
        }
    }
}

extension Rule {
    func asserting(_ text: String) -> Rule {
        var rule = self
        rule.assertion = Condition(text, at: assertion.place)
        return rule
    }

    func canAssert(_ text: String) -> Bool {
        if case .program = ConditionCompiler(parameters: parameters).compile(text, .truth) { true } else { false }
    }
}
