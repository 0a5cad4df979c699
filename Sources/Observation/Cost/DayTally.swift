import CostModel

/// How many rows a bill has of each source, account and day, and what they cost: which days are there is told by it.
///
/// Every row of every question passes here, so that it has to be quick.
final class DayTally {
    /// Rows of one cell.
    struct Tally {
        var rows = 0
        var sum = FixedDecimal.zero
        /// Zero where each amount stands in an even number of rows.
        var parity: UInt64 = 0

        mutating func add(_ amount: FixedDecimal, rows count: Int) {
            rows += count
            sum += amount
            parity ^= Self.mixed(amount.raw)
        }

        private static func mixed(_ raw: Int128) -> UInt64 {
            let folded = UInt64(truncatingIfNeeded: raw) ^ UInt64(truncatingIfNeeded: raw >> 64)
            let mixed = (folded &+ 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9
            return mixed ^ (mixed >> 31)
        }

        /// Whether all of its rows are of nothing. What a correction brings to nothing is not: its amounts differ.
        var isFree: Bool { rows > 0 && sum.isZero && (parity == 0 || parity == Self.mixed(0)) }

        mutating func add(_ other: Tally) {
            rows += other.rows
            sum += other.sum
            parity ^= other.parity
        }
    }

    /// One account's days.
    struct Account {
        /// Rows of usage that last no longer than a day, wherever midnight is; of usage of any length; and of any category. What corrects other rows is not
        /// of usage.
        var daily: [Day: Tally] = [:]
        var usage: [Day: Tally] = [:]
        var all: [Day: Tally] = [:]
    }

    private let names: NameTable
    let basis: CostBasis
    /// Source, account, day.
    @exclusivity(unchecked) private var cells = TupleTable(width: 3)
    @exclusivity(unchecked) private var usage: [Tally] = []
    /// Of usage that lasts longer than a day.
    @exclusivity(unchecked) private var long: [Tally] = []
    @exclusivity(unchecked) private var others: [Tally] = []
    private let cell: UnsafeMutablePointer<Int32>

    /// Where the rows of an account went last. Rows of a few dozen accounts alternate, and their days hardly do: what was found for one is
    /// found again without a look-up.
    private struct Recent {
        // An identifier of at most 16 bytes, as its first and its last eight.
        var head: UInt64 = 0
        var tail: UInt64 = 0
        var length = -1
        var account: Int32 = 0
        var source: Int32 = -1
        var day = Int32.min
        var cell = 0
    }

    private let recent: UnsafeMutablePointer<Recent>
    private static let recentCount = 256

    init(_ names: NameTable, basis: CostBasis) {
        self.names = names
        self.basis = basis
        cell = .allocate(capacity: 3)
        recent = .allocate(capacity: Self.recentCount)
        recent.initialize(repeating: Recent(), count: Self.recentCount)
    }

    deinit {
        cell.deallocate()
        recent.deallocate()
    }

    /// Adds a row that the bill's aggregator has taken without fault.
    @inline(__always)
    func add(_ row: some BillRow, _ charge: Charge, from source: Int32) throws(FieldFault) {
        let name = try row.text(.account)
        let index: Int
        let account: Int32
        if let base = name.baseAddress, name.count >= 8, name.count <= 16 {
            let bytes = UnsafeRawPointer(base)
            let head = bytes.loadUnaligned(as: UInt64.self)
            let tail = bytes.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
            let slot = recent + Int(truncatingIfNeeded: ((head ^ (tail &* 31)) &* 0x9E37_79B9_7F4A_7C15) >> 56)
            if slot.pointee.head != head || slot.pointee.tail != tail || slot.pointee.length != name.count {
                slot.pointee = Recent(head: head, tail: tail, length: name.count, account: names.number(of: name))
            }
            account = slot.pointee.account
            if slot.pointee.day != charge.day.number || slot.pointee.source != source {
                slot.pointee.day = charge.day.number
                slot.pointee.source = source
                slot.pointee.cell = cell(of: account, charge.day, source)
            }
            index = slot.pointee.cell
        } else {
            account = names.number(of: name)
            index = cell(of: account, charge.day, source)
        }
        let rows = row.chargeCount
        let last = row.lastDay(of: charge)
        // A day elsewhere in the world is a part of two here.
        let isLong = last > charge.day.advanced(by: 1)
        if charge.category == .usage, row.isCorrection {
            others[index].add(charge.amounts[basis], rows: rows)
            return
        }
        add(charge, rows, to: index, isLong: isLong)
        if last > charge.day { addFurther(charge, rows, account, until: last, source, isLong: isLong) }
    }

    @inline(__always)
    private func add(_ charge: Charge, _ rows: Int, to index: Int, isLong: Bool) {
        let amount = charge.amounts[basis]
        if charge.category != .usage {
            others[index].add(amount, rows: rows)
        } else if isLong {
            long[index].add(amount, rows: rows)
        } else {
            usage[index].add(amount, rows: rows)
        }
    }

    @inline(never)
    private func cell(of account: Int32, _ day: Day, _ source: Int32) -> Int {
        cell[0] = source
        cell[1] = account
        cell[2] = day.number
        let (index, isNew) = cells.insert(cell)
        if isNew {
            usage.append(Tally())
            long.append(Tally())
            others.append(Tally())
        }
        return index
    }

    /// How many cells there are: of a source, an account and a day.
    var count: Int { cells.count }

    /// One for the same cost.
    func empty(_ names: NameTable) -> DayTally { DayTally(names, basis: basis) }

    func exchange(with other: DayTally) {
        swap(&cells, &other.cells)
        swap(&usage, &other.usage)
        swap(&long, &other.long)
        swap(&others, &other.others)
        forget()
        other.forget()
    }

    private func forget() { recent.update(repeating: Recent(), count: Self.recentCount) }

    func pack(into packer: inout BytePacker) {
        packer.add(UInt32(cells.count))
        for index in 0..<cells.count {
            packer.add(cells[index][1])
            packer.add(cells[index][2])
            for tally in [usage[index], long[index], others[index]] {
                packer.add(tally.rows)
                tally.sum.pack(into: &packer)
                packer.add(tally.parity)
            }
        }
    }

    /// Fills one that is empty.
    func unpack(_ unpacker: inout ByteUnpacker, source: Int32) throws(ByteUnpacker.Torn) {
        for _ in 0..<(try unpacker.number(UInt32.self)) {
            let index = cell(of: try unpacker.index(of: names.count), Day(try unpacker.number()), source)
            usage[index] = try tally(&unpacker)
            long[index] = try tally(&unpacker)
            others[index] = try tally(&unpacker)
        }
    }

    private func tally(_ unpacker: inout ByteUnpacker) throws(ByteUnpacker.Torn) -> Tally {
        Tally(rows: try unpacker.number(), sum: try FixedDecimal(&unpacker), parity: try unpacker.number())
    }

    /// Adds a cell of another tally.
    ///
    /// - Parameter name: the number that one of its names has here.
    func add(cell index: Int, of other: DayTally, name: (Int32) -> Int32) {
        let stated = other.cells[index]
        let own = cell(of: name(stated[1]), Day(stated[2]), stated[0])
        usage[own].add(other.usage[index])
        long[own].add(other.long[index])
        others[own].add(other.others[index])
    }

    /// A charge of several days counts its money on the first, and covers all of them.
    private func addFurther(_ charge: Charge, _ rows: Int, _ account: Int32, until last: Day, _ source: Int32, isLong: Bool) {
        for day in charge.day.advanced(by: 1)...last { add(charge, rows, to: cell(of: account, day, source), isLong: isLong) }
    }

    /// By source, as many as there are, and by the account's name.
    func accounts(sources count: Int) -> [[String: Account]] {
        var sources = (0..<count).map { _ in [String: Account]() }
        for index in 0..<cells.count {
            let (source, name, day) = (Int(cells[index][0]), names[cells[index][1]], Day(cells[index][2]))
            if usage[index].rows > 0 { sources[source][name, default: Account()].daily[day] = usage[index] }
            var all = usage[index]
            all.add(long[index])
            if all.rows > 0 { sources[source][name, default: Account()].usage[day] = all }
            all.add(others[index])
            sources[source][name, default: Account()].all[day] = all
        }
        return sources
    }
}
