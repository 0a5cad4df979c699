import CostModel
import Diagnostics
import Patterns
import YAML

extension Shape where Value == String {
    static var text: Shape {
        Shape(.text) { node, context in context.text(of: node, expected: .text) }
    }

    /// Text of a certain form; `test` says whether it has it.
    static func form(
        _ name: String, _ examples: String..., pattern: String? = nil, test: @escaping @Sendable (String) -> Bool
    ) -> Shape {
        let description = ValueDescription.form(name: name, examples: examples, pattern: pattern)
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard test(text) else {
                context.reportWrongValue(description, text, at: node.range)
                return nil
            }
            return text
        }
    }

    /// A DNS label, so that names can stand in branches, URLs and labels.
    static var name: Shape {
        let description = ValueDescription.form(
            name: "a name of lower-case letters, digits and '-' (at most 63)", examples: ["payments"],
            pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard !DNSLabel.isValid(text) else { return text }
            let corrected = DNSLabel.corrected(text)
            context.reportWrongValue(
                description, text, at: node.range, suggestion: corrected,
                edit: corrected.map { context.replacing(node, by: YAMLScalar.written($0)) }
            )
            return nil
        }
    }

    /// A file or folder of the workspace's Git tree.
    static var treePath: Shape {
        let description = ValueDescription.form(
            name: "a path inside the workspace", examples: ["policies", "infra"], pattern: "^[^/]")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            if let problem = TreePath.problem(of: text) {
                context.report("wrong-value", "\(context.subject) must be \(description.expectation): \(problem)", at: node.range)
                return nil
            }
            return TreePath.normalized(text)
        }
    }

    /// A glob over files of the world outside, which may lie anywhere.
    static func observedPath(placeholders: [String] = []) -> Shape {
        let description = ValueDescription.form(
            name: "a path", examples: placeholders.isEmpty ? ["observed/*.csv"] : ["state/{root}.tfstate"])
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            guard let placeholder = Placeholders.firstUnknown(in: text, known: placeholders) else { return text }
            let hint = DidYouMean.hint(for: placeholder.name, in: placeholders)
            let known = placeholders.isEmpty ? "this path can have none" : "known is {\(placeholders.joined(separator: "}, {"))}"
            context.report(
                "wrong-value", "unknown placeholder '{\(placeholder.name)}'; \(known)\(hint)", at: node.range(ofText: placeholder.bytes))
            return nil
        }
    }

    /// The name of a team; that it exists is checked when all files are read.
    static var teamReference: Shape {
        Shape(.teamName) { node, context in
            guard let text = Shape.text.read(node, context) else { return nil }
            context.decoder.references.append(Reference(to: .team, name: Located(value: text, range: node.range)))
            return text
        }
    }
}

extension ValueDescription {
    static let teamName = ValueDescription.form(name: "the name of a team", examples: ["payments"])
}

extension Shape where Value == Glob {
    static var glob: Shape {
        Shape<String>.form("a pattern", "aws_*", test: { !$0.isEmpty }).map { Glob($0) }
    }
}

extension Shape where Value == PathGlob {
    static var pathGlob: Shape {
        let description = ValueDescription.form(name: "a path pattern", examples: ["infra/payments/**"], pattern: "^[^/]")
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            do throws(PatternError) {
                return try PathGlob(text)
            } catch {
                context.report("bad-pattern", error.message, at: node.rangeOfCharacter(at: error.offset))
                return nil
            }
        }
    }
}

extension Shape where Value == LinearPattern {
    static var pattern: Shape {
        let description = ValueDescription.form(name: "a regular expression", examples: ["CC-[0-9]{4}"])
        return Shape(description) { node, context in
            guard let text = context.text(of: node, expected: description) else { return nil }
            do throws(PatternError) {
                return try LinearPattern(text)
            } catch {
                context.report(
                    "bad-pattern", "this is no regular expression: \(error.message)", at: node.rangeOfCharacter(at: error.offset))
                return nil
            }
        }
    }
}

extension YAMLNode {
    /// The character of a scalar's text at an offset; its end where the offset is the text's length.
    fileprivate func rangeOfCharacter(at offset: Int) -> SourceRange {
        guard let text = scalar?.text, offset >= 0, offset <= text.utf8.count else { return range }
        let start = text.utf8.index(text.startIndex, offsetBy: offset)
        guard let aligned = start.samePosition(in: text.unicodeScalars), aligned < text.endIndex else {
            return range(ofText: offset..<offset)
        }
        return range(ofText: offset..<offset + UTF8.width(text.unicodeScalars[aligned]))
    }
}
