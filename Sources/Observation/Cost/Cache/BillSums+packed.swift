import CostModel

extension BillSums {
    /// About how many bytes it takes when it is packed: what is too large need not be.
    var packedSize: Int {
        let query = aggregator.query
        return numbers.names.size + aggregator.keys.count * (4 * query.dimensions.count + 16 * query.bases.count) + 56 * days.count
            + (units?.packedSize ?? 0)
    }

    func pack(into packer: inout BytePacker) {
        numbers.pack(into: &packer)
        aggregator.pack(into: &packer)
        days.pack(into: &packer)
        packer.add(UInt8(usage == nil ? 0 : 1))
        usage?.pack(into: &packer)
        packer.add(UInt8(units == nil ? 0 : 1))
        units?.pack(into: &packer)
    }

    /// Fills one that is empty.
    ///
    /// - Parameter source: of which source its rows are.
    func unpack(_ unpacker: inout ByteUnpacker, source: Int32) throws(ByteUnpacker.Torn) {
        try numbers.unpack(&unpacker)
        try aggregator.unpack(&unpacker)
        try days.unpack(&unpacker, source: source)
        guard try unpacker.number(UInt8.self) == (usage == nil ? 0 : 1) else { throw ByteUnpacker.Torn() }
        try usage?.unpack(&unpacker)
        guard try unpacker.number(UInt8.self) == (units == nil ? 0 : 1) else { throw ByteUnpacker.Torn() }
        try units?.unpack(&unpacker)
    }
}

extension BillNumbers {
    func pack(into packer: inout BytePacker) {
        packer.add(UInt32(names.count))
        for name in 1..<names.count { packer.add(names.bytes(of: Int32(name))) }
        packer.add(currencies) { $0.add($1.code) }
        packer.add(UInt32(tagSets.count))
        for set in 1..<tagSets.count { for value in tagSets.values(of: Int32(set)) { packer.add(value) } }
    }

    func unpack(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) {
        for name in 1..<Int32(try Self.count(&unpacker)) {
            guard names.number(of: try unpacker.text()) == name else { throw ByteUnpacker.Torn() }
        }
        for code in try unpacker.array({ (unpacker) throws(ByteUnpacker.Torn) in try unpacker.string() }) {
            guard let currency = Currency(code) else { throw ByteUnpacker.Torn() }
            _ = number(of: currency)
        }
        var values = [Int32](repeating: -1, count: tagSets.keys.count)
        for set in 1..<Int32(try Self.count(&unpacker)) {
            for at in values.indices { values[at] = try unpacker.index(of: names.count, from: -1) }
            guard tagSets.number(of: values) == set else { throw ByteUnpacker.Torn() }
        }
    }

    /// The first one is always there.
    private static func count(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) -> UInt32 {
        let count = try unpacker.number(UInt32.self)
        guard count > 0, count < UInt32(Int32.max) else { throw ByteUnpacker.Torn() }
        return count
    }
}

extension FixedDecimal {
    func pack(into packer: inout BytePacker) { packer.add(raw) }

    init(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) { self.init(raw: try unpacker.number(Int128.self)) }
}

extension FileReading {
    func pack(into packer: inout BytePacker) {
        packer.add(days.all) { $0.add($1.number) }
        packer.add(months.sorted()) { $0.add($1.number) }
        packer.add(rowCount)
        packer.add(costs.rawValue)
        packer.add(advice)
        packer.add(UInt8(isAside ? 1 : 0))
        packer.add(statedMonths.sorted()) { $0.add($1.number) }
        packer.add(format)
        packer.add(problems) { packer, problem in
            packer.add(problem.severity.rawValue)
            packer.add(problem.id)
            packer.add(problem.line)
            packer.add(problem.column)
            packer.add(problem.message)
        }
        packer.add(unstated.map(\.rawValue).sorted()) { $0.add($1) }
        packer.add(billingPeriods.sorted { $0.key < $1.key }) { packer, period in
            packer.add(period.key.number)
            packer.add(period.value.lowerBound.number)
            packer.add(period.value.upperBound.number)
        }
        distinctRows.pack(into: &packer)
    }

    /// - Parameter file: what the file is called.
    init(_ unpacker: inout ByteUnpacker, file: String) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        func months(_ unpacker: inout ByteUnpacker) throws(Torn) -> Set<Month> {
            Set(try unpacker.array { (unpacker) throws(Torn) in Month(try unpacker.number()) })
        }
        for day in try unpacker.array({ (unpacker) throws(Torn) in Day(try unpacker.number()) }) { days.insert(day) }
        self.months = try months(&unpacker)
        rowCount = try unpacker.number()
        costs = StatedCosts(rawValue: try unpacker.number())
        advice = try unpacker.stringIfAny()
        isAside = try unpacker.number(UInt8.self) == 1
        statedMonths = try months(&unpacker)
        format = try unpacker.stringIfAny()
        problems = try unpacker.array { (unpacker) throws(Torn) in
            guard let severity = ObservationProblem.Severity(rawValue: try unpacker.string()) else { throw Torn() }
            let id = try unpacker.string()
            let (line, column) = (try unpacker.numberIfAny(), try unpacker.numberIfAny())
            return ObservationProblem(severity, id: id, file: file, line: line, column: column, try unpacker.string())
        }
        unstated = Set(
            try unpacker.array { (unpacker) throws(Torn) in
                guard let cost = CostBasis(rawValue: try unpacker.string()) else { throw Torn() }
                return cost
            })
        let periods = try unpacker.array { (unpacker) throws(Torn) in
            let (month, first, end) = (try unpacker.number(Int32.self), try unpacker.number(Int32.self), try unpacker.number(Int32.self))
            guard first <= end else { throw Torn() }
            return (Month(month), Day(first)..<Day(end))
        }
        billingPeriods = Dictionary(periods) { $1 }
        distinctRows = try DistinctRows(&unpacker)
    }
}

extension DeliverySurvey {
    func pack(into packer: inout BytePacker) {
        packer.add(costs.rawValue)
        packer.add(shape)
        packer.add(months.sorted { $0.key < $1.key }) { packer, month in
            packer.add(month.key.number)
            packer.add(month.value.sorted { $0.key < $1.key }) { packer, day in
                packer.add(day.key.number)
                packer.add(day.value.rows)
                packer.add(day.value.digest)
                day.value.cost.pack(into: &packer)
                day.value.billed.pack(into: &packer)
                packer.add(day.value.corrections)
            }
        }
    }

    convenience init(_ unpacker: inout ByteUnpacker, _ hash: ByteHash) throws(ByteUnpacker.Torn) {
        typealias Torn = ByteUnpacker.Torn
        let costs = StatedCosts(rawValue: try unpacker.number())
        let shape = try unpacker.string()
        let months = try unpacker.array { (unpacker) throws(Torn) in
            let month = Month(try unpacker.number())
            let days = try unpacker.array { (unpacker) throws(Torn) in
                let day = Day(try unpacker.number())
                var tally = Tally()
                tally.rows = try unpacker.number()
                tally.digest = try unpacker.number()
                tally.cost = try FixedDecimal(&unpacker)
                tally.billed = try FixedDecimal(&unpacker)
                tally.corrections = try unpacker.number()
                return (day, tally)
            }
            return (month, Dictionary(days) { $1 })
        }
        self.init(hash, months: Dictionary(months) { $1 })
        self.costs = costs
        self.shape = shape
    }
}
