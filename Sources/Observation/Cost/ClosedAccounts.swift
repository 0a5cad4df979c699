import CostModel

/// Accounts that were billed on most days and then have no rows for four weeks, also if they come back: closed, or lost. The bill alone cannot tell which; nothing is missed of
/// them, and that is said for as long as somebody may wonder.
struct ClosedAccounts {
    let coverage: BillCoverage

    func problems(_ parts: [BillScan.Part]) -> [ObservationProblem] {
        zip(parts, coverage.sources).compactMap { part, source in
            guard let newestWhole = source.newestWhole, let file = part.place?.file ?? part.files.first?.name else { return nil }
            let closed = source.accounts.compactMap { account in account.closed(by: newestWhole).map { (name: account.name, last: $0) } }
            guard let first = closed.first else { return nil }
            let others = closed.count - 1
            let more = others > 0 ? ", and \(others) more \(others == 1 ? "account" : "accounts")" : ""
            return ObservationProblem(
                .note, id: "closed-account", file: file, line: part.place?.line, column: part.place?.column,
                "the bill '\(part.name)' has no rows of \(first.name.isEmpty ? "an account" : "the account '\(first.name)'") behind "
                    + "\(first.last), for four weeks or longer\(more): taken for closed, and no day of it is missed")
        }
    }
}
