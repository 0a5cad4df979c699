import CostModel

/// What the rows of a scan are read for.
enum RowReceiver {
    /// To be added up, and by days; single resources' days, and what resources are charged by the unit, where somebody asks for them.
    case aggregator(BillAggregator, days: DayTally, usage: UsageTally?, units: UnitTally?)
    /// To be looked at one by one.
    case sampler(RowSampler)
    /// To tell deliveries apart.
    case survey(DeliverySurvey)
    /// To explain those of one line.
    case inspector(RowInspector)
}

extension BillDecoder {
    func read(_ file: BillFile, into receiver: RowReceiver) throws(FileFault) {
        switch receiver {
        case .aggregator(let aggregator, let days, usage: nil, units: nil):
            try forEachRow(problems: file.problems) { row throws(FieldFault) in
                let month = try row.billingMonth()
                guard file.keeps(month) else { return }
                try file.trace(row)
                guard let charge = try aggregator.converted(row.charge(), row, of: file) else { return }
                try aggregator.add(row, charge, billedIn: month, of: file)
                try days.add(row, charge, from: file.source)
            }
        case .aggregator(let aggregator, let days, let usage, let units):
            try forEachRow(problems: file.problems) { row throws(FieldFault) in
                let month = try row.billingMonth()
                guard file.keeps(month) else { return }
                try file.trace(row)
                guard let charge = try aggregator.converted(row.charge(), row, of: file) else { return }
                try aggregator.add(row, charge, billedIn: month, of: file)
                try days.add(row, charge, from: file.source)
                try usage?.add(row, charge)
                try units?.add(row, charge)
            }
        case .sampler(let sampler):
            try forEachRow(problems: file.problems) { row throws(FieldFault) in
                let isAsked = sampler.asks(for: try row.text(.resource))
                guard isAsked || file.restatesMonths else { return }
                guard file.keeps(try row.billingMonth()), isAsked else { return }
                try sampler.add(row, try row.charge(), file: file.file.name)
            }
        case .inspector(let inspector):
            try forEachRow(problems: file.problems) { row throws(FieldFault) in try inspector.look(at: row) }
        case .survey(let survey):
            try forEachRow(problems: file.problems) { row throws(FieldFault) in
                survey.add(try row.charge(), billedIn: try row.billingMonth(), digest: try row.digest(survey.hash))
            }
        }
    }
}
