import CostModel

/// A bill that a command of the operator's prints, month by month. A month that is over and not estimated any more is asked for once: each
/// answer costs money, and that one does not change.
struct CommandBill {
    /// The command's name.
    let command: String
    let source: String
    let months: Int
    let clients: EngineClients
    let now: Instant

    /// The answers as files of a bill, the oldest month first.
    func ask() -> (files: [ObservedFile], records: [CommandRecord]) {
        var answers = CommandAnswers(clients, now: now)
        // On the first of a month nothing of it can be asked for.
        let last = now.day.advanced(by: -1).month
        var files: [ObservedFile] = []
        for back in (0..<months).reversed() {
            let month = last.advanced(by: -back)
            // The newest day that may be asked for is yesterday: the end is not part of the question.
            let end = min(month.advanced(by: 1).firstDay, now.day)
            files.append(file(of: month, until: end, &answers))
            if case .failure? = files.last?.answer { break }
        }
        return (files, answers.records)
    }

    private func file(of month: Month, until end: Day, _ answers: inout CommandAnswers) -> ObservedFile {
        let name = "command \(command), \(month)"
        let values = ["from": month.firstDay.description, "to": end.description]
        let key = cacheName(values)
        if month < now.day.month, let key, let kept = Self.kept(key), let answer = try? CostExplorerAnswer(kept), answer.isFinal {
            answers.note(kept, of: command, for: "cost", source, values)
            return ObservedFile(table: name, answer: .success(answer.bill))
        }
        let (file, depth) = answers.ask(command, for: "cost", source, .costExplorer, values)
        do throws(FileFault) {
            let bytes = try file.contents(limit: CostExplorerAnswer.sizeLimit)
            let answer = try CostExplorerAnswer(bytes, depth: depth)
            if month < now.day.month, answer.isFinal, let key { Self.keep(bytes, as: key) }
            return ObservedFile(table: name, answer: .success(answer.bill))
        } catch {
            return ObservedFile(table: name, answer: .failure(error))
        }
    }

    // MARK: What is not asked again

    /// By everything that decides what is asked, and as whom.
    private func cacheName(_ values: [String: String]) -> String? {
        guard let connector = clients.command(named: command), let key = BillCache.current?.contentKey else { return nil }
        var hash = ContentHash(key)
        let variables = connector.environment.sorted().map { "\($0)=\(clients.environment[$0] ?? "")" }
        for field in [connector.program] + connector.arguments + ["environment"] + variables + values.sorted(by: <).map({ "\($0)=\($1)" }) {
            hash.update(field: field)
        }
        return "command-\(BillCache.version)-\(hash.digest().hexText)"
    }

    private static func kept(_ name: String) -> [UInt8]? {
        BillCache.current?.load(name) { (unpacker) throws(ByteUnpacker.Torn) in Array(try unpacker.text()) }
    }

    private static func keep(_ bytes: [UInt8], as name: String) {
        var packer = BytePacker()
        bytes.withUnsafeBufferPointer { packer.add($0) }
        BillCache.current?.keep(packer, as: name)
    }
}
