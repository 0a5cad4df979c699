package import CostModel
import JSON

/// Which days of a bill are there, as snapshots and ledgers keep it.
extension BillCoverage {
    init(_ reader: inout JSONReader) throws(JSONError) {
        var sources: [Source] = []
        try reader.array { (reader) throws(JSONError) in sources.append(try Source(&reader)) }
        self.init(sources: sources)
    }

    func write(to json: inout JSONWriter) {
        json.array { json in
            for source in sources {
                json.line()
                source.write(to: &json)
            }
        }
    }

    /// Of a ledger; nil where it cannot be read.
    package init?(text: String) {
        do throws(JSONError) {
            self = try JSONReader.read(Array(text.utf8)) { (reader) throws(JSONError) in try BillCoverage(&reader) }
        } catch { return nil }
    }

    package var text: String {
        var json = JSONWriter(escaping: .snapshot)
        write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension BillCoverage.Source {
    fileprivate init(_ reader: inout JSONReader) throws(JSONError) {
        var (name, newestWhole): (String, Day?) = ("", nil)
        var accounts: [BillCoverage.Account] = []
        try reader.members(["source", "newestWholeDay", "accounts"]) { (reader, key) throws(JSONError) in
            switch key {
            case "source": name = try reader.string()
            case "newestWholeDay": newestWhole = try reader.null() ? nil : try reader.day()
            default:
                try reader.array { (reader) throws(JSONError) in
                    var account = BillCoverage.Account(name: "", days: [])
                    try reader.members(["account", "days", "zero"]) { (reader, key) throws(JSONError) in
                        switch key {
                        case "account": account.name = try reader.string()
                        case "days": account.days = try reader.runs()
                        default: account.zero = try reader.runs()
                        }
                    }
                    accounts.append(account)
                }
            }
        }
        self.init(name: name, newestWhole: newestWhole, accounts: accounts)
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.key("source")
            json.text(name)
            json.key("newestWholeDay")
            json.text(newestWhole?.description)
            json.key("accounts")
            json.array { json in
                for account in accounts {
                    json.object { json in
                        json.key("account")
                        json.text(account.name)
                        json.key("days")
                        json.runs(account.days)
                        json.key("zero")
                        json.runs(account.zero)
                    }
                }
            }
        }
    }
}

extension JSONReader {
    /// Runs of days, ascending: their first and last days in turn.
    mutating func runs() throws(JSONError) -> [Range<Day>] {
        var days: [Day] = []
        try array { (reader) throws(JSONError) in
            let day = try reader.day()
            if let last = days.last, days.count % 2 == 0 ? day <= last : day < last {
                throw reader.error("days in ascending order expected")
            }
            days.append(day)
        }
        guard days.count % 2 == 0 else { throw error("a last day is missing") }
        if let first = days.first, let last = days.last, first.distance(to: last) >= SnapshotLimit.days {
            throw error("days at most \(SnapshotLimit.days) apart expected")
        }
        return stride(from: 0, to: days.count, by: 2).map { days[$0]..<days[$0 + 1].advanced(by: 1) }
    }
}

extension JSONWriter {
    /// First and last days in turn.
    mutating func runs(_ runs: [Range<Day>]) {
        array { json in
            for run in runs {
                json.text(run.lowerBound.description)
                json.text(run.upperBound.advanced(by: -1).description)
            }
        }
    }
}
