import Diagnostics
import HCL

/// `bursar-benchmarks texts`: how much longer Terraform's functions of texts take for eight times as much: about 8 where they are linear, 64 where
/// they take the square.
enum TextsBenchmark {
    private static var expressions: [(name: String, make: (Int) -> String)] {
        [
            ("title", { "title(\"\(String(repeating: "a ", count: $0 / 2))\")" }),
            ("upper", { "upper(\"\(String(repeating: "a", count: $0))\")" }),
            ("split", { "split(\"\(String(repeating: "a", count: $0 / 2))b\", \"\(String(repeating: "a", count: $0 / 2))\")" }),
            ("replace", { "replace(\"\(String(repeating: "ab", count: $0 / 2))\", \"a\", \"c\")" }),
            ("chomp", { "chomp(\"\(String(repeating: "\\n", count: $0 / 2))\")" }),
            ("trimspace", { "trimspace(\"\(String(repeating: " ", count: $0))\")" }),
            ("strrev", { "strrev(\"\(String(repeating: "ab", count: $0 / 2))\")" }),
            ("format", { "format(\"\(String(repeating: "%%", count: $0 / 2))\")" }),
            ("join", { "join(\",\", split(\"a\", \"\(String(repeating: "a", count: min($0, 100_000)))\"))" }),
            ("urlencode", { "urlencode(\"\(String(repeating: " ", count: $0))\")" }),
            ("base64encode", { "base64encode(\"\(String(repeating: "a", count: $0))\")" }),
        ]
    }

    static func run() {
        for (name, make) in expressions {
            let (small, large) = (seconds(make(100_000)), seconds(make(800_000)))
            print("\(name): 8 times as much takes \((large / small * 10).rounded() / 10) times as long")
        }
    }

    /// The best of three.
    private static func seconds(_ text: String) -> Double {
        let source = SourceFile(path: "text.tf", text: text)
        guard let expression = Parser.parseExpression(source).0 else { return 0 }
        let spent = (0..<3).map { _ in
            ContinuousClock().measure {
                _ = Evaluator(limits: Evaluator.Limits()).value(of: expression, in: Scope(file: source, references: Nothing()))
            }
        }
        let best = spent.min() ?? .zero
        return Double(best.components.seconds) + Double(best.components.attoseconds) * 1e-18
    }
}

/// There is nothing that an expression could refer to.
private final class Nothing: References {
    func resolve(_ root: String, _ steps: [TraversalStep], in evaluator: Evaluator) throws(EvaluationError) -> (value: Value, used: Int)? {
        nil
    }
}
