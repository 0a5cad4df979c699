import CostModel
import TestSupport

/// What may happen to a bill on its way.
extension RandomBill {
    enum Tear: CaseIterable {
        case dropDays, dropAccountDays, dropPartOfDay, dropFile, dropDelivery, truncateFile, emptyFile, doubleFile, doubleFileInOtherOrder
        case doublePartOfFile, doubleDays, doubleDelivery, late, lateAccount, halfNewestDay
    }

    /// Does something to the bill's files.
    ///
    /// - Returns: what, for messages.
    mutating func tear(_ tear: Tear, using random: inout SeededGenerator) -> String {
        let source = Int.random(in: 0..<sources.count, using: &random)
        let own = files.indices.filter { files[$0].source == source }
        guard !own.isEmpty else { return "nothing" }
        let at = random.element(own)
        let first = start.advanced(by: Int.random(in: 0..<start.distance(to: today), using: &random))
        let days = first..<first.advanced(by: random.element([1, 1, 2, 5, 12, 31]))
        let last = files.filter { $0.source == source }.flatMap(\.rows).map(\.day).max() ?? today
        switch tear {
        case .dropDays:
            drop(own) { days.contains($0.day) }
            return "\(days) of source \(source) are dropped"
        case .dropAccountDays:
            let account = random.element(sources[source].accounts)
            drop(own) { days.contains($0.day) && $0.account == account }
            return "\(days) of \(account) are dropped"
        case .dropPartOfDay:
            let resource = files[at].rows.randomElement(using: &random)?.resource ?? ""
            drop(own) { $0.day == first && $0.resource != resource }
            return "\(first) of source \(source) is dropped but for \(resource)"
        case .dropFile:
            return "\(files.remove(at: at).name) is dropped"
        case .dropDelivery:
            let folder = Self.folder(files[at].name)
            let name = files[at].name
            files.removeAll { $0.source == source && (folder == "s\(source)" ? $0.name == name : Self.folder($0.name) == folder) }
            return "the delivery of \(name) is dropped"
        case .truncateFile:
            files[at].rows = Array(files[at].rows.prefix(Int.random(in: 0..<max(1, files[at].rows.count), using: &random)))
            return "\(files[at].name) is cut off behind \(files[at].rows.count) rows"
        case .emptyFile:
            files[at].rows = []
            return "\(files[at].name) is emptied"
        case .doubleFile, .doubleFileInOtherOrder, .doublePartOfFile:
            var copy = files[at]
            copy.name = copy.name.replacing(".csv", with: "-copy.csv")
            if tear != .doubleFile { copy.rows.shuffle(using: &random) }
            if tear == .doublePartOfFile { copy.rows = copy.rows.filter { days.contains($0.day) } }
            files.append(copy)
            return "\(tear): \(copy.name), \(copy.rows.count) of \(files[at].rows.count) rows"
        case .doubleDays:
            files[at].rows += files[at].rows.filter { days.contains($0.day) }
            return "\(days) of \(files[at].name) are doubled"
        case .doubleDelivery:
            let folder = Self.folder(files[at].name)
            for file in files where Self.folder(file.name) == folder && file.source == source {
                var copy = file
                copy.name = copy.name.replacing(folder, with: folder + "-again")
                files.append(copy)
            }
            return "\(folder) is delivered twice"
        case .late, .lateAccount:
            let account = random.element(sources[source].accounts)
            let count = Int.random(in: 1...5, using: &random)
            drop(own) { $0.day > last.advanced(by: -count) && (tear == .late || $0.account == account) }
            return "\(count) days of \(tear == .late ? "source \(source)" : account) are late"
        case .halfNewestDay:
            var keeps = false
            drop(own) { row in
                guard row.day == last else { return false }
                keeps.toggle()
                return !keeps
            }
            return "half of \(last) of source \(source) is late"
        }
    }

    private mutating func drop(_ indices: [Int], _ isDropped: (Row) -> Bool) {
        for index in indices { files[index].rows.removeAll(where: isDropped) }
        // A file of which nothing is left was not written.
        files.removeAll { $0.rows.isEmpty }
    }

    private static func folder(_ name: String) -> String { name.split(separator: "/").dropLast().joined(separator: "/") }
}
