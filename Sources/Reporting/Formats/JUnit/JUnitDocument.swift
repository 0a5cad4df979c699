import CostModel

/// A document of JUnit's XML in the strict form of Ant's schema.
struct JUnitDocument {
    let package: String
    let context: ReportContext
    let suites: [TestSuite]

    func text() -> String {
        XMLElement("testsuites", children: suites.enumerated().map { element($1, id: $0) }).document()
    }

    private func element(_ suite: TestSuite, id: Int) -> XMLElement {
        let counts = [("failures", TestCase.Outcome.failed), ("errors", .errored)].map { name, outcome in
            (name, String(suite.cases.count { $0.outcome == outcome }))
        }
        let skipped = suite.cases.count { if case .skipped = $0.outcome { true } else { false } }
        let attributes =
            [
                ("name", suite.name), ("package", package), ("id", String(id)),
                // The schema wants a time without zone, and a name of a machine: no answer depends on one.
                ("timestamp", String(context.evaluatedAt.description.prefix(19))), ("hostname", "localhost"),
                ("tests", String(suite.cases.count)),
            ] + counts + [("skipped", String(skipped)), ("time", "0")]
        let properties = [("revision", context.revision), ("evaluatedAt", context.evaluatedAt.description)].map {
            XMLElement("property", [("name", $0), ("value", $1)])
        }
        return XMLElement(
            "testsuite", attributes,
            children: [XMLElement("properties", children: properties)] + suite.cases.map { element($0, in: suite) }
                + [XMLElement("system-out"), XMLElement("system-err")])
    }

    private func element(_ test: TestCase, in suite: TestSuite) -> XMLElement {
        let classname = suite.name.split(separator: "/").joined(separator: ".")
        let result: [XMLElement] =
            switch test.outcome {
            case .passed: []
            case .skipped(let reason): [XMLElement("skipped", [("message", reason)], text: test.text)]
            case .failed: [XMLElement("failure", [("message", test.message), ("type", test.kind)], text: test.text)]
            case .errored: [XMLElement("error", [("message", test.message), ("type", test.kind)], text: test.text)]
            }
        return XMLElement("testcase", [("name", test.name), ("classname", classname), ("time", "0")], children: result)
    }
}

struct TestSuite {
    var name: String
    var cases: [TestCase]
}

struct TestCase {
    enum Outcome: Equatable {
        case passed
        case skipped(String)
        case failed, errored

        var rank: Int {
            switch self {
            case .passed: 0
            case .skipped: 1
            case .failed: 2
            case .errored: 3
            }
        }
    }

    var name: String
    var outcome: Outcome
    var kind = ""
    var message = ""
    var text = ""

    init(name: String, outcome: Outcome, kind: String = "", message: String = "", text: String = "") {
        self.name = name
        self.outcome = outcome
        self.kind = kind
        self.message = message
        self.text = text
    }
}
