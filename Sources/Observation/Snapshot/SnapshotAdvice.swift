import CostModel
import JSON

/// What a snapshot holds of what providers advise, and of the commands that were asked.
enum SnapshotAdvice {
    static func read(_ reader: inout JSONReader, currency: Currency) throws(JSONError) -> (AdviceBook, [ObservationProblem]) {
        var book = AdviceBook()
        var problems: [ObservationProblem] = []
        try reader.members(["problems", "advice"]) { (reader, key) throws(JSONError) in
            guard key == "advice" else {
                problems = try reader.problems()
                return
            }
            try reader.array { (reader) throws(JSONError) in
                let (name, advice) = try Self.advice(&reader, currency)
                book.add(advice, of: name)
            }
        }
        return (book, problems)
    }

    private static let keys = [
        "resource", "format", "source", "action", "current", "proposed", "monthlySavings", "assumptions", "refreshedAt", "summary",
    ]

    private static func advice(_ reader: inout JSONReader, _ currency: Currency) throws(JSONError) -> (String, ProviderAdvice) {
        var texts: [String: String] = [:]
        var assumptions: [String] = []
        var savings: Money?
        try reader.members(keys) { (reader, key) throws(JSONError) in
            switch key {
            case "assumptions": assumptions = try reader.texts()
            case "monthlySavings": savings = try reader.null() ? nil : Money(try reader.decimal(), currency)
            default: texts[key] = try reader.textOrNull()
            }
        }
        guard let format = AdviceFormat(rawValue: texts["format"] ?? ""),
            let action = ProviderAdvice.Action(rawValue: texts["action"] ?? "")
        else { throw reader.error("advice of a known format and action expected") }
        let advice = ProviderAdvice(
            format: format, source: texts["source"] ?? "", action: action, current: texts["current"], proposed: texts["proposed"],
            monthlySavings: savings, assumptions: assumptions, refreshed: texts["refreshedAt"].flatMap { Instant($0) },
            summary: texts["summary"])
        return (texts["resource"] ?? "", advice)
    }

    static func readCommands(_ reader: inout JSONReader) throws(JSONError) -> [CommandRecord] {
        var commands: [CommandRecord] = []
        try reader.array { (reader) throws(JSONError) in
            var record = CommandRecord(source: "", command: "", arguments: [], digest: "", size: 0)
            try reader.members(["source", "command", "arguments", "digest", "size"]) { (reader, key) throws(JSONError) in
                switch key {
                case "source": record.source = try reader.string()
                case "command": record.command = try reader.string()
                case "arguments": record.arguments = try reader.texts()
                case "digest": record.digest = try reader.string()
                default: record.size = try reader.integer(in: 0...Int(Int32.max))
                }
            }
            commands.append(record)
        }
        return commands
    }
}

extension SnapshotWriter {
    mutating func write(_ book: AdviceBook, _ problems: [ObservationProblem]) {
        self.problems(problems)
        json.line()
        json.key("advice")
        json.array { json in
            for (name, advice) in book.entries.sorted(by: { $0.key < $1.key }) {
                for item in advice {
                    json.line()
                    Self.write(item, of: name, to: &json)
                }
            }
        }
    }

    private static func write(_ advice: ProviderAdvice, of name: String, to json: inout JSONWriter) {
        json.object { json in
            for (key, value) in [
                ("resource", name), ("format", advice.format.rawValue), ("source", advice.source), ("action", advice.action.rawValue),
                ("current", advice.current), ("proposed", advice.proposed),
            ] {
                json.key(key)
                json.text(value)
            }
            json.key("monthlySavings")
            if let savings = advice.monthlySavings { json.number(savings.amount.description) } else { json.null() }
            json.key("assumptions")
            json.array { json in for text in advice.assumptions { json.text(text) } }
            for (key, value) in [("refreshedAt", advice.refreshed?.description), ("summary", advice.summary)] {
                json.key(key)
                json.text(value)
            }
        }
    }

    mutating func write(_ commands: [CommandRecord]) {
        json.line()
        json.key("commands")
        json.array { json in
            for record in commands {
                json.line()
                json.object { json in
                    for (key, value) in [("source", record.source), ("command", record.command)] {
                        json.key(key)
                        json.text(value)
                    }
                    json.key("arguments")
                    json.array { json in for argument in record.arguments { json.text(argument) } }
                    json.key("digest")
                    json.text(record.digest)
                    json.key("size")
                    json.integer(record.size)
                }
            }
        }
    }
}
