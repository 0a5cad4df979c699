/// A bill held against what it had when somebody looked last.
///
/// Days do not leave a bill by being paid less for. One that was there and is not any more is *missing*, wherever it lies, and is neither
/// without spend nor still to come.
extension BillCoverage {
    /// How long days are remembered: as long as a budget's longest period may ask for them.
    private static let memoryDays = 400

    /// What is to be remembered of it: the whole days on which something was spent, those that are lost among them.
    package func remembered(today: Day) -> BillCoverage {
        let start = today.advanced(by: -Self.memoryDays)
        return BillCoverage(
            sources: sources.map { source in
                let end = source.newestWhole?.advanced(by: 1) ?? start
                return Source(
                    name: source.name, newestWhole: source.newestWhole,
                    accounts: source.accounts.compactMap { account in
                        let days = account.days.subtracting(account.zero).union(account.lost).clamped(from: start, before: end)
                        return days.isEmpty ? nil : Account(name: account.name, days: days)
                    })
            })
    }

    /// This coverage with what an earlier one had beside it, and what of that is lost.
    ///
    /// - Parameter before: what was remembered. A source of another name was not there before.
    package func remembering(_ before: BillCoverage, today: Day) -> (coverage: BillCoverage, losses: [Loss]) {
        let known = Dictionary(before.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let all: [(source: Source, loss: Loss?)] = sources.map { source in
            known[source.name].map { source.remembering($0, today: today) } ?? (source, nil)
        }
        return (BillCoverage(sources: all.map(\.source), fault: fault), all.compactMap(\.loss))
    }

    /// The accounts of which an earlier bill had rows and this one has none.
    package var goneAccounts: Set<String> {
        let present = Set(sources.lazy.flatMap(\.accounts).filter { !$0.days.isEmpty }.map(\.name))
        return Set(sources.lazy.flatMap(\.accounts).filter { !$0.lost.isEmpty }.map(\.name)).subtracting(present)
    }

    /// What a source had and has not any more. That an account with few days has one fewer is none: providers restate.
    package struct Loss: Hashable, Sendable {
        package var source: String
        /// Days of which no rows are there, or not all of them any more.
        package var days: [Range<Day>]
        /// Accounts that are gone, or lack days that others have, with those days.
        package var accounts: [Account]
    }
}

extension BillCoverage.Source {
    /// So many days a bill must hold before its beginning may move on: those that monthly sums and scores are made of.
    private static let fewestKept = 28

    fileprivate func remembering(_ before: Self, today: Day) -> (source: Self, loss: BillCoverage.Loss?) {
        // A clock may have been ahead.
        guard let newest = before.newestWhole.map({ min($0, today.advanced(by: -1)) }) else { return (self, nil) }
        let end = newest.advanced(by: 1)
        let start = beginning(before, newest)
        guard start < end else { return (self, nil) }
        // Days that were whole are not still arriving.
        let arriving = newestWhole.map { max(start, $0.advanced(by: 1)) } ?? start
        let retreat = arriving < end ? [arriving..<end] : []
        let gone = before.days.clamped(from: start, before: end).subtracting(days).union(retreat)
        var loss = BillCoverage.Loss(source: name, days: gone, accounts: [])
        var own = Dictionary(accounts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for earlier in before.accounts {
            var account = own[earlier.name] ?? .init(name: earlier.name, days: [])
            account.lost = earlier.days.clamped(from: start, before: end).subtracting(account.days)
            guard !account.lost.isEmpty else { continue }
            own[earlier.name] = account
            let others = account.lost.subtracting(gone)
            if !others.isEmpty, earlier.isRegular || account.days.isEmpty { loss.accounts.append(.init(name: earlier.name, days: others)) }
        }
        let source = Self(
            name: name, newestWhole: max(newestWhole ?? newest, newest), accounts: own.values.sorted { $0.name < $1.name }, lost: retreat)
        return (source, loss.days.isEmpty && loss.accounts.isEmpty ? nil : loss)
    }

    /// The first day that the bill should have: it may drop its oldest days, as long as enough are left, and one that only ever holds the
    /// present month begins anew with each.
    private func beginning(_ before: Self, _ newest: Day) -> Day {
        let old = before.days.first?.lowerBound ?? newest
        guard let first = days.first?.lowerBound, old < first else { return old }
        if first.distance(to: newest) >= Self.fewestKept - 1 { return first }
        let last = before.days.last?.upperBound.advanced(by: -1) ?? old
        return first == first.month.firstDay && last < first && last.month == old.month ? first : old
    }
}
